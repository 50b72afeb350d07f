"""A certificate authority of the tests' own, and the certificates of clients that it signs."""

import datetime as dt
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


class SignedCertificate(NamedTuple):
    """A certificate and its key, in PEM."""

    certificate: str
    key: str


class ClientAuthority:
    """Who signs."""

    def __init__(self) -> None:
        self._key = _new_key()
        self._name = _name("tests")
        self._own = self._signed(self._name, self._key, is_authority=True)

    @property
    def certificate(self) -> str:
        """What servers hold a client's certificate against, in PEM."""
        return self._own.public_bytes(serialization.Encoding.PEM).decode()

    def client(self, user: str) -> SignedCertificate:
        """The certificate of somebody."""
        key = _new_key()
        signed = self._signed(_name(user), key, is_authority=False)
        return SignedCertificate(signed.public_bytes(serialization.Encoding.PEM).decode(), private_pem(key))

    def _signed(self, name: x509.Name, key: rsa.RSAPrivateKey, *, is_authority: bool) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(minutes=5))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
            .sign(self._key, hashes.SHA256())
        )


def private_pem(key: rsa.RSAPrivateKey | None = None) -> str:
    """A private key, a new one if none is given, in PEM."""
    return (
        (key or _new_key())
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        .decode()
    )


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
