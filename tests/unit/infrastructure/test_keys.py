"""The till's secret, where it is kept, and what is derived from it."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import msgspec
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pos_testkit import builders

from pos_app.errors import KnownError
from pos_app.infrastructure.keys import NAME_FILE, SECRET_FILE, Keys, OsKeyring, derive, forget_secret, load_keys

SECRET = bytes(range(32))


class MemoryVault:
    """A keyring that works, until it is told not to."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.broken = False

    def get(self, name: str) -> str | None:
        if self.broken:
            raise KnownError("keys.no_keyring")
        return self.kept.get(name)

    def drop(self, name: str) -> None:
        self.kept.pop(name, None)

    def set(self, name: str, secret: str) -> None:
        if self.broken:
            raise KnownError("keys.no_keyring")
        self.kept[name] = secret


class TestDerivation:
    def test_it_is_hkdf(self) -> None:
        hkdf = HKDF(SHA256(), 32, salt=b"guitai/hkdf-salt/1", info=b"guitai/ledger/1")
        assert derive(SECRET, "ledger/1") == hkdf.derive(SECRET)

    def test_every_purpose_has_its_own_key_and_none_is_shown(self) -> None:
        keys = Keys(SECRET)
        others = Keys(bytes(32))
        assert len({keys.ledger, keys.replica, others.ledger, others.replica, SECRET}) == 5
        shown = repr(keys) + repr(keys.signer()) + repr(keys.personal_data())
        assert keys.ledger.hex() not in shown
        assert SECRET.hex() not in shown

    def test_the_device_key_signs(self) -> None:
        signer = Keys(SECRET).signer()
        public = Ed25519PublicKey.from_public_bytes(signer.public_key)
        public.verify(signer.sign(b"data"), b"data")
        with pytest.raises(InvalidSignature):
            public.verify(signer.sign(b"data"), b"other")
        assert Keys(SECRET).signer().public_key == signer.public_key


class TestKeeping:
    def test_in_the_keyring_where_there_is_one(self, tmp_path: Path) -> None:
        vault = MemoryVault()
        first = load_keys(tmp_path, may_make=True, vault=vault)
        assert (first.in_file, first.was_made) == (False, True)
        again = load_keys(tmp_path, may_make=False, vault=vault)
        assert (again.in_file, again.was_made) == (False, False)
        assert again.keys.ledger == first.keys.ledger
        secret = next(iter(vault.kept.values()))
        assert all(secret not in file.read_text() for file in tmp_path.iterdir()), "the secret is in no file"

    def test_a_secret_that_is_dropped_is_nowhere(self, tmp_path: Path) -> None:
        vault = MemoryVault()
        load_keys(tmp_path, may_make=True, vault=vault)
        forget_secret(tmp_path, vault=vault)
        assert not vault.kept
        assert not list(tmp_path.iterdir())

    def test_two_folders_have_two_secrets(self, tmp_path: Path) -> None:
        vault = MemoryVault()
        keys = [load_keys(tmp_path / name, may_make=True, vault=vault).keys.ledger for name in "ab"]
        assert keys[0] != keys[1]

    def test_in_a_private_file_with_a_warning_where_there_is_none(self, tmp_path: Path) -> None:
        vault = MemoryVault()
        vault.broken = True
        first = load_keys(tmp_path, may_make=True, vault=vault)
        assert (first.in_file, first.was_made) == (True, True)
        assert load_keys(tmp_path, may_make=False, vault=vault).keys.ledger == first.keys.ledger
        if sys.platform != "win32":
            assert stat.S_IMODE((tmp_path / SECRET_FILE).stat().st_mode) == 0o600

    def test_a_keyring_that_no_longer_answers_is_no_reason_to_make_another_secret(self, tmp_path: Path) -> None:
        vault = MemoryVault()
        load_keys(tmp_path, may_make=True, vault=vault)
        vault.broken = True
        with pytest.raises(KnownError) as caught:
            load_keys(tmp_path, may_make=True, vault=vault)
        assert caught.value.code == "keys.no_keyring"
        assert not (tmp_path / SECRET_FILE).exists()

    def test_a_ledger_without_its_secret_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(KnownError) as caught:
            load_keys(tmp_path, may_make=False, vault=MemoryVault())
        assert caught.value.code == "keys.missing"

    @pytest.mark.parametrize("content", ["", "00", "zz" * 32, "\xff\xfe"])
    def test_a_damaged_file_is_said(self, tmp_path: Path, content: str) -> None:
        (tmp_path / SECRET_FILE).write_text(content, encoding="latin-1")
        with pytest.raises(KnownError) as caught:
            load_keys(tmp_path, may_make=True, vault=MemoryVault())
        assert caught.value.code == "keys.damaged"

    def test_a_machine_without_a_keyring_says_so(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        import keyring
        from keyring.backends import fail

        monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
        with pytest.raises(KnownError) as caught:
            OsKeyring().get("x")
        assert caught.value.code == "keys.no_keyring"
        assert load_keys(tmp_path, may_make=True).in_file
        assert not (tmp_path / NAME_FILE).exists()


class TestPins:
    def test_a_pin_fits_its_own_hash_under_its_own_pepper(self) -> None:
        hasher = Keys(SECRET).pin_hasher()
        hashed = hasher.hash("1234")
        assert hashed.startswith("$argon2id$")
        assert "1234" not in hashed
        assert hasher.verify("1234", hashed)
        assert not hasher.verify("1235", hashed)
        assert not Keys(bytes(32)).pin_hasher().verify("1234", hashed), "a copied database is of no use"

    @pytest.mark.parametrize("broken", ["", "plain", "$argon2id$v=19$m=19456"])
    def test_nothing_fits_a_hash_that_is_none(self, broken: str) -> None:
        assert not Keys(SECRET).pin_hasher().verify("1234", broken)


class TestPersonalData:
    def test_a_commitment_changes_with_any_field_and_needs_the_key(self) -> None:
        personal, other = Keys(SECRET).personal_data(), Keys(bytes(32)).personal_data()
        member = builders.member(1)
        first = personal.commitment(member)
        assert len(first) == 32
        assert first == personal.commitment(member)
        assert first != other.commitment(member)
        assert first != personal.commitment(msgspec.structs.replace(member, phone="13900000000"))

    def test_an_imported_row_has_the_same_id_again(self) -> None:
        personal = Keys(SECRET).personal_data()
        first = personal.member_id("13800000001")
        assert first == personal.member_id("13800000001") != personal.member_id("13800000002")
        assert first != Keys(bytes(32)).personal_data().member_id("13800000001")
        assert (first.int >> 76 & 0xF, first.int >> 62 & 0x3) == (8, 2)
