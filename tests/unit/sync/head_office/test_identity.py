"""Head office's keys: the same for ever, private, and a certificate that never runs out."""

from __future__ import annotations

import datetime as dt
import ssl

import pytest
from cryptography import x509

from pos_app.errors import KnownError
from sync.head_office.identity import Identity, Trust, is_signed

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_the_keys_are_the_same_after_a_new_start_and_nobody_else_may_read_them(tmp_path):
    first = Trust(tmp_path / "keys").identity()
    second = Trust(tmp_path / "keys").identity()
    assert first.public_key == second.public_key
    assert first.card_key == second.card_key != first.pin_key
    assert is_signed(first.public_key, second.sign(b"x"), b"x")
    assert not is_signed(first.public_key, second.sign(b"x"), b"y")
    trust = Trust(tmp_path / "keys")
    trust.renew(["head-office.example.com"], NOW)
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o077 for each in (tmp_path / "keys").iterdir()} == {0}


def test_damaged_or_missing_keys_are_said(tmp_path):
    with pytest.raises(KnownError, match=r"office\.keys_missing"):
        Trust(tmp_path / "keys").identity(may_make=False)
    with pytest.raises(KnownError, match=r"office\.keys_damaged"):
        Identity(b"short")


def test_the_server_is_certified_by_an_authority_that_stays(tmp_path):
    trust = Trust(tmp_path / "keys")
    assert trust.renew(["head-office.example.com", "192.0.2.7"], NOW)
    authority = x509.load_pem_x509_certificate(trust.ca_pem().encode())
    there = x509.load_pem_x509_certificate(trust.certificate.read_bytes())
    there.verify_directly_issued_by(authority)
    names = there.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "head-office.example.com" in names.get_values_for_type(x509.DNSName)
    assert "192.0.2.7" in {str(each) for each in names.get_values_for_type(x509.IPAddress)}
    ssl.create_default_context(cadata=trust.ca_pem())
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(trust.certificate, trust.key)


def test_a_certificate_is_made_anew_before_it_ends_and_for_new_names_only(tmp_path):
    trust = Trust(tmp_path / "keys")
    trust.renew(["a.example.com", "b.example.com"], NOW)
    before, authority = trust.certificate.read_bytes(), trust.ca_pem()
    assert not trust.renew(["b.example.com"], NOW + dt.timedelta(days=300))
    assert trust.certificate.read_bytes() == before
    assert trust.renew(["c.example.com"], NOW)
    assert trust.renew(["c.example.com"], NOW + dt.timedelta(days=350))
    assert trust.ca_pem() == authority


def test_a_name_that_is_none_is_said(tmp_path):
    with pytest.raises(KnownError, match=r"office\.name_wrong"):
        Trust(tmp_path / "keys").renew(["a" * 80 + ".example.com"], NOW)
