"""Environment variables that change what numeric software computes, or which software and models it picks up.

Read against the named sources in November 2026. A variable stands here if its value can be recorded without
harm: a number, a switch, a name, a list of flags, or a path. A path can hold a person's name; the paths that
stand here decide which libraries or models are loaded, so that without them a difference could not be
explained. Variables with tokens, addresses of services or data are not here and are never read.

``TF_ENABLE_TENSOR_FLOAT_32_EXECUTION`` is often set and does nothing: TensorFlow offers a function of that
name and reads no such variable (``tensorflow/tsl/platform/tensor_float_32_utils.cc``), while
``NVIDIA_TF32_OVERRIDE`` is read by NVIDIA's libraries.
"""

from typing import Final

from msgspec import Struct


class Variable(Struct, frozen=True):
    """An environment variable: its name, what it changes, and the public page that says so."""

    name: str
    changes: str
    source: str


_OPENMP: Final = "https://gcc.gnu.org/onlinedocs/libgomp/Environment-Variables.html"
_MKL: Final = "https://www.intel.com/content/www/us/en/docs/onemkl/developer-guide-linux/2024-2/"
_MKL_THREADS: Final = f"{_MKL}onemkl-specific-env-vars-for-openmp-thread-ctrl.html"
_OPENBLAS: Final = "https://github.com/OpenMathLib/OpenBLAS/blob/develop/USAGE.md"
_ONEDNN: Final = "https://oneapi-src.github.io/oneDNN/"
_NUMPY: Final = "https://numpy.org/doc/stable/reference/global_state.html"
_NUMBA: Final = "https://numba.readthedocs.io/en/stable/reference/envvars.html"
_CUDA: Final = "https://docs.nvidia.com/cuda/cuda-programming-guide/05-appendices/environment-variables.html"
_NCCL: Final = "https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/env.html"
_TORCH_CUDA: Final = "https://docs.pytorch.org/docs/stable/cuda_environment_variables.html"
_DETERMINISM: Final = (
    "https://github.com/NVIDIA/framework-reproducibility/blob/master/doc/d9m/tensorflow_status.md"
)
_JAX: Final = "https://docs.jax.dev/en/latest/config_options.html"
_XLA: Final = "https://docs.jax.dev/en/latest/xla_flags.html"
_KERAS: Final = "https://keras.io/getting_started/"
_HUGGING_FACE: Final = "https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables"
_OPENCV: Final = "https://docs.opencv.org/4.x/d6/dea/tutorial_env_reference.html"
_PYTHON: Final = "https://docs.python.org/3/using/cmdline.html#environment-variables"
_LINKER: Final = "https://man7.org/linux/man-pages/man8/ld.so.8.html"
_GLIBC: Final = "https://sourceware.org/glibc/manual/latest/html_node/Tunables.html"
_LOCALE: Final = "https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html"

VARIABLES: Final[tuple[Variable, ...]] = (
    Variable("OMP_NUM_THREADS", "number of threads, and so the order in which sums are added", _OPENMP),
    Variable("OMP_DYNAMIC", "whether the number of threads may change from one loop to the next", _OPENMP),
    Variable("MKL_NUM_THREADS", "number of MKL's threads; overrides OMP_NUM_THREADS there", _MKL_THREADS),
    Variable("MKL_DYNAMIC", "whether MKL may use fewer threads than asked for", _MKL_THREADS),
    Variable(
        "MKL_CBWR",
        "one code path for every processor, so that results are the same on each",
        f"{_MKL}set-env-var-for-cond-numerical-reproducibility.html",
    ),
    Variable(
        "MKL_ENABLE_INSTRUCTIONS",
        "the instruction set that MKL uses on Intel's processors",
        f"{_MKL}instruction-set-specific-dispatch-on-intel-archs.html",
    ),
    Variable(
        "MKL_DEBUG_CPU_TYPE",
        "MKL's code path on other processors, up to MKL 2020.0; ignored since",
        "https://github.com/pytorch/builder/issues/504",
    ),
    Variable(
        "OPENBLAS_NUM_THREADS", "number of OpenBLAS's threads; overrides OMP_NUM_THREADS there", _OPENBLAS
    ),
    Variable("OPENBLAS_CORETYPE", "the processor for which OpenBLAS chooses its kernels", _OPENBLAS),
    Variable(
        "ONEDNN_MAX_CPU_ISA",
        "the newest instruction set that oneDNN uses",
        f"{_ONEDNN}dev_guide_cpu_dispatcher_control.html",
    ),
    Variable(
        "DNNL_MAX_CPU_ISA",
        "the older name of ONEDNN_MAX_CPU_ISA",
        f"{_ONEDNN}v2/dev_guide_cpu_dispatcher_control.html",
    ),
    Variable(
        "ONEDNN_DEFAULT_FPMATH_MODE",
        "whether oneDNN may compute float32 in a shorter format",
        f"{_ONEDNN}dev_guide_attributes_fpmath_mode.html",
    ),
    Variable("NPY_DISABLE_CPU_FEATURES", "instruction sets that numpy leaves unused", _NUMPY),
    Variable(
        "NPY_ENABLE_CPU_FEATURES",
        "the only instruction sets that numpy uses beyond its baseline",
        "https://numpy.org/doc/stable/release/1.25.0-notes.html",
    ),
    Variable(
        "NPY_PROMOTION_STATE",
        "numpy 1.24 to 2.1: promotion of types by the old or the new rules",
        "https://numpy.org/neps/nep-0050-scalar-promotion.html",
    ),
    Variable(
        "NPY_NUMPY_2_BEHAVIOR",
        "numpy 1.25 and 1.26: the behaviour of numpy 2",
        "https://numpy.org/doc/1.26/reference/global_state.html",
    ),
    Variable("NUMBA_NUM_THREADS", "number of Numba's threads", _NUMBA),
    Variable("NUMBA_CPU_NAME", "the processor that Numba compiles for", _NUMBA),
    Variable("NUMBA_CPU_FEATURES", "the instruction sets that Numba compiles for", _NUMBA),
    Variable("NUMBA_DISABLE_JIT", "run Numba's functions as plain Python", _NUMBA),
    Variable("CUDA_VISIBLE_DEVICES", "which GPUs a program sees, and in which order", _CUDA),
    Variable("CUDA_DEVICE_ORDER", "how GPUs are numbered", _CUDA),
    Variable("CUDA_LAUNCH_BLOCKING", "run GPU kernels one after the other", _CUDA),
    Variable("CUDA_FORCE_PTX_JIT", "compile GPU kernels anew instead of using those in the binary", _CUDA),
    Variable(
        "CUBLAS_WORKSPACE_CONFIG",
        "cuBLAS's workspaces: only some settings give the same result twice",
        "https://docs.pytorch.org/docs/stable/generated/torch.use_deterministic_algorithms.html",
    ),
    Variable(
        "NVIDIA_TF32_OVERRIDE",
        "0: no NVIDIA library computes float32 in TensorFloat-32",
        "https://developer.nvidia.com/blog/accelerating-ai-training-with-tf32-tensor-cores/",
    ),
    Variable("NCCL_ALGO", "the algorithm, and so the order, of sums over several GPUs", _NCCL),
    Variable("NCCL_PROTO", "the protocol of communication between GPUs", _NCCL),
    Variable("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "torch multiplies float32 in TensorFloat-32", _TORCH_CUDA),
    Variable("TORCH_CUDNN_V8_API_DISABLED", "torch uses cuDNN's older interface", _TORCH_CUDA),
    Variable("PYTORCH_CUDA_ALLOC_CONF", "torch's allocation of GPU memory", _TORCH_CUDA),
    Variable("PYTORCH_ALLOC_CONF", "the newer name of PYTORCH_CUDA_ALLOC_CONF", _TORCH_CUDA),
    Variable(
        "PYTORCH_ENABLE_MPS_FALLBACK",
        "compute on the processor what Apple's GPU cannot",
        "https://docs.pytorch.org/docs/stable/mps_environment_variables.html",
    ),
    Variable(
        "ATEN_CPU_CAPABILITY",
        "the instruction set of torch's own kernels",
        "https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/DispatchStub.cpp",
    ),
    Variable(
        "TF_DETERMINISTIC_OPS", "TensorFlow 2.1 and later: the same result twice on a GPU", _DETERMINISM
    ),
    Variable("TF_CUDNN_DETERMINISTIC", "TensorFlow 1.14 to 2.0: deterministic convolutions", _DETERMINISM),
    Variable(
        "TF_ENABLE_ONEDNN_OPTS",
        "whether TensorFlow computes with oneDNN, which rounds differently",
        "https://github.com/tensorflow/tensorflow/releases/tag/v2.15.0",
    ),
    Variable(
        "TF_XLA_FLAGS",
        "which parts of a TensorFlow graph XLA compiles",
        "https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/jit/xla_device.cc",
    ),
    Variable(
        "TF_USE_LEGACY_KERAS",
        "tf.keras is Keras 2, not Keras 3",
        "https://github.com/tensorflow/tensorflow/blob/master/tensorflow/api_template.__init__.py",
    ),
    Variable("KERAS_BACKEND", "whether Keras computes with TensorFlow, JAX or torch", _KERAS),
    Variable("XLA_FLAGS", "how XLA compiles, for JAX and TensorFlow", _XLA),
    Variable("JAX_ENABLE_X64", "whether JAX computes in 64 bits", _JAX),
    Variable("JAX_DEFAULT_MATMUL_PRECISION", "the precision of JAX's products of matrices", _JAX),
    Variable("JAX_PLATFORMS", "whether JAX computes on processor, GPU or TPU", _JAX),
    Variable("HF_HUB_OFFLINE", "use the models in the cache without asking for newer ones", _HUGGING_FACE),
    Variable(
        "TRANSFORMERS_OFFLINE",
        "an older name of HF_HUB_OFFLINE",
        "https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/constants.py",
    ),
    Variable("HF_HOME", "where the cache of models is", _HUGGING_FACE),
    Variable("HF_HUB_CACHE", "where the cache of models is", _HUGGING_FACE),
    Variable("OPENCV_CPU_DISABLE", "instruction sets that OpenCV leaves unused", _OPENCV),
    Variable("OPENCV_FOR_THREADS_NUM", "number of OpenCV's threads", _OPENCV),
    Variable("OPENCV_PARALLEL_BACKEND", "what runs OpenCV's loops: TBB, OpenMP or its own threads", _OPENCV),
    Variable("OPENCV_OPENCL_RUNTIME", "the OpenCL library that OpenCV loads, or none", _OPENCV),
    Variable("OPENCV_OPENCL_DEVICE", "the device that OpenCV computes on", _OPENCV),
    Variable("OPENCV_DNN_BACKEND_DEFAULT", "what runs OpenCV's networks", _OPENCV),
    Variable("OPENCV_VIDEOIO_PRIORITY_LIST", "which library decodes video", _OPENCV),
    Variable("PYTHONHASHSEED", "the order of sets, and what hash() gives for a text", _PYTHON),
    Variable("PYTHONOPTIMIZE", "assertions are left out", _PYTHON),
    Variable("PYTHONPATH", "directories whose modules come before the installed ones", _PYTHON),
    Variable("PYTHONHOME", "which standard library is used", _PYTHON),
    Variable("PYTHONNOUSERSITE", "packages in the user's own directory are not used", _PYTHON),
    Variable("LD_PRELOAD", "libraries that are loaded before all others", _LINKER),
    Variable("LD_LIBRARY_PATH", "directories whose libraries come before the system's", _LINKER),
    Variable("GLIBC_TUNABLES", "which variants of its functions glibc chooses", _GLIBC),
    Variable("LC_ALL", "how numbers, dates and texts are read and sorted; overrides LANG", _LOCALE),
    Variable("LANG", "how numbers, dates and texts are read and sorted", _LOCALE),
    Variable("TZ", "the time zone of local times", _LOCALE),
)
"""The allow-list: no other variable of an environment is ever read."""
