"""What a workload of a cluster says of the pods that it wants, and what its pods say of themselves."""

from collections.abc import Mapping

from msgspec import Struct, field


class Metadata(Struct, frozen=True):
    """What an object is called, and what is attached to it."""

    annotations: Mapping[str, str] | None = None


class KeyOf(Struct, frozen=True):
    """A key of a ConfigMap or Secret."""

    name: str = ""
    key: str = ""


class ValueFrom(Struct, frozen=True):
    """Where a variable's value comes from."""

    config_map: KeyOf | None = field(default=None, name="configMapKeyRef")
    secret: KeyOf | None = field(default=None, name="secretKeyRef")


class Variable(Struct, frozen=True):
    """A variable of a container. Its representation shows no value."""

    name: str
    value: str | None = None
    origin: ValueFrom | None = field(default=None, name="valueFrom")

    def __repr__(self) -> str:
        return f"Variable({self.name})"


class Named(Struct, frozen=True):
    """A ConfigMap or Secret, by the name that this field has for it."""

    name: str = ""
    secret_name: str = field(default="", name="secretName")


class AllOf(Struct, frozen=True):
    """A ConfigMap or Secret, every key of which is a variable."""

    prefix: str = ""
    config_map: Named | None = field(default=None, name="configMapRef")
    secret: Named | None = field(default=None, name="secretRef")


class Container(Struct, frozen=True):
    """A container that a pod is to have."""

    name: str
    image: str = ""
    variables: tuple[Variable, ...] | None = field(default=None, name="env")
    variables_of: tuple[AllOf, ...] | None = field(default=None, name="envFrom")


class Projected(Struct, frozen=True):
    """Several ConfigMaps and Secrets in one directory."""

    sources: tuple["Volume", ...] | None = None


class Volume(Struct, frozen=True):
    """Files that a pod is given."""

    config_map: Named | None = field(default=None, name="configMap")
    secret: Named | None = None
    projected: Projected | None = None


class PodSpecification(Struct, frozen=True):
    """The pod that is wanted."""

    containers: tuple[Container, ...] = ()
    volumes: tuple[Volume, ...] | None = None


class Template(Struct, frozen=True):
    """The pod that is wanted, and what is attached to it."""

    spec: PodSpecification
    metadata: Metadata = Metadata()


class Requirement(Struct, frozen=True):
    """What a label has to be."""

    key: str
    operator: str
    values: tuple[str, ...] | None = None


class Selector(Struct, frozen=True):
    """Which pods are a workload's."""

    labels: Mapping[str, str] | None = field(default=None, name="matchLabels")
    requirements: tuple[Requirement, ...] | None = field(default=None, name="matchExpressions")

    def __str__(self) -> str:
        """As a list of pods is asked for by it."""
        words = [f"{key}={value}" for key, value in (self.labels or {}).items()]
        return ",".join([*words, *map(_word, self.requirements or ())])


class WorkloadSpecification(Struct, frozen=True):
    """What a workload wants."""

    selector: Selector
    template: Template


class Workload(Struct, frozen=True):
    """A Deployment, StatefulSet or DaemonSet."""

    spec: WorkloadSpecification


class ContainerStatus(Struct, frozen=True):
    """A container that a pod has."""

    name: str
    image_id: str = field(default="", name="imageID")


class PodStatus(Struct, frozen=True):
    """How a pod is."""

    phase: str = ""
    containers: tuple[ContainerStatus, ...] | None = field(default=None, name="containerStatuses")


class PodMetadata(Struct, frozen=True):
    """Whether a pod is going away."""

    deleted: str | None = field(default=None, name="deletionTimestamp")


class Pod(Struct, frozen=True):
    """A pod that is there."""

    metadata: PodMetadata
    status: PodStatus = PodStatus()


class ListMetadata(Struct, frozen=True):
    """Whether a list goes on."""

    following: str = field(default="", name="continue")


class Pods(Struct, frozen=True):
    """The pods of a workload."""

    items: tuple[Pod, ...] = ()
    metadata: ListMetadata = ListMetadata()


def _word(requirement: Requirement) -> str:
    values = ",".join(requirement.values or ())
    match requirement.operator:
        case "In":
            return f"{requirement.key} in ({values})"
        case "NotIn":
            return f"{requirement.key} notin ({values})"
        case "DoesNotExist":
            return f"!{requirement.key}"
        case _:
            return requirement.key
