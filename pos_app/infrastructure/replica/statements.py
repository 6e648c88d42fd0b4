"""Finished SQL. Made by ``python -m pos_app.infrastructure.sql`` from the modules there; never edited by hand."""

from __future__ import annotations

from typing import Final

from pos_app.infrastructure.databases import Prepared

BY_ID: Final = Prepared(
    """
    SELECT member.member_id, member.phone, member.name, member.rest FROM member WHERE member.member_id = ?
    """
)

BY_PHONE: Final = Prepared(
    """
    SELECT member.member_id, member.phone, member.name, member.rest FROM member WHERE member.phone = ? AND member.phone
    != '' LIMIT 8 OFFSET ?
    """,
    (None, 0),
)

BY_CARD: Final = Prepared(
    """
    SELECT member.member_id, member.phone, member.name, member.rest FROM card JOIN member ON member.id = card.member
    WHERE card.number = ?
    """
)

BY_LAST_FOUR: Final = Prepared(
    """
    SELECT member.member_id, member.phone, member.name, member.rest FROM member WHERE ? = substr(member.phone, -4) AND
    member.phone != '' LIMIT ? OFFSET ?
    """,
    (None, None, 0),
)

BY_NAME: Final = Prepared(
    """
    SELECT member.member_id, member.phone, member.name, member.rest FROM member WHERE member.name >= ? AND member.name <
    ? AND member.name != '' ORDER BY member.name LIMIT ? OFFSET ?
    """,
    (None, None, None, 0),
)

BY_GIVEN: Final = Prepared(
    """
    SELECT member.member_id, member.phone, member.name, member.rest FROM member WHERE member.given >= ? AND member.given
    < ? AND member.given != '' ORDER BY member.given LIMIT ? OFFSET ?
    """,
    (None, None, None, 0),
)

BY_INITIALS: Final = Prepared(
    """
    SELECT member.member_id, member.phone, member.name, member.rest FROM member WHERE member.initials >= ? AND
    member.initials < ? AND member.initials != '' ORDER BY member.initials LIMIT ? OFFSET ?
    """,
    (None, None, None, 0),
)

COUNT: Final = Prepared("SELECT max(member.id) AS max_1 FROM member")

WINNER_OF: Final = Prepared("SELECT alias.winner FROM alias WHERE alias.loser = ?")

LOSERS_OF: Final = Prepared("SELECT alias.loser FROM alias WHERE alias.winner = ? ORDER BY alias.loser")

TOLD: Final = Prepared(
    """
    SELECT member.told, member_account.contains_seq FROM member LEFT OUTER JOIN member_account ON
    member_account.member_id = member.member_id WHERE member.member_id = ?
    """
)

TILL_KEY: Final = Prepared("SELECT till_key.public_key FROM till_key WHERE till_key.key_id = ?")

UNIT_SOLD: Final = Prepared("SELECT unit_sold.till, unit_sold.receipt_no FROM unit_sold WHERE unit_sold.code_hash = ?")

SHOP_GIVEN: Final = Prepared(
    """
    SELECT shop_given.amount, shop_given.told FROM shop_given WHERE shop_given.what = ? AND shop_given.month = ?
    """
)

FACT: Final = Prepared(
    """
    SELECT meta.value FROM meta WHERE meta."key" = ?
    """
)

BASE: Final = Prepared(
    """
    SELECT member_account.contains_seq, member_account.as_of_ms, member_account.body FROM member_account WHERE
    member_account.member_id = ?
    """
)

PRODUCT_BY_BARCODE: Final = Prepared(
    """
    SELECT product.body FROM product_code JOIN product ON product.product_id = product_code.product_id WHERE
    product_code.code = ?
    """
)

PRODUCT_BY_ID: Final = Prepared("SELECT product.body FROM product WHERE product.product_id = ?")

PRODUCTS_BY_TEXT: Final = Prepared(
    """
    SELECT product.body FROM product WHERE product.is_active = 1 AND instr(product.search, ?) > 0 ORDER BY
    instr(product.search, ?) > 1, length(product.name), product.product_id LIMIT ? OFFSET ?
    """,
    (None, None, None, 0),
)

PRODUCTS_OF: Final = Prepared(
    """
    SELECT product.body FROM product WHERE product.category_id = ? AND product.is_active = 1 ORDER BY product.name LIMIT
    ? OFFSET ?
    """,
    (None, None, 0),
)

CATEGORIES: Final = Prepared("SELECT category.body FROM category ORDER BY category.place, category.category_id")

STAFF: Final = Prepared("SELECT staff.body FROM staff ORDER BY staff.staff_id")

PROGRAMME_VERSION: Final = Prepared("SELECT programme.body FROM programme WHERE programme.version = ?")

PROGRAMME: Final = Prepared(
    """
    SELECT programme.body FROM programme ORDER BY (programme.effective_from <= ? AND (programme.effective_to IS NULL OR
    programme.effective_to >= ?)) DESC, programme.version DESC LIMIT 1 OFFSET ?
    """,
    (None, None, 0),
)

PUT_MEMBER: Final = Prepared(
    """
    INSERT INTO member (member_id, phone, name, given, initials, rest) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (member_id)
    DO UPDATE SET phone = excluded.phone, name = excluded.name, given = excluded.given, initials = excluded.initials,
    rest = excluded.rest RETURNING id
    """
)

TELL_MEMBER: Final = Prepared(
    """
    INSERT INTO member (member_id, phone, name, given, initials, rest, told) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT
    (member_id) DO UPDATE SET phone = excluded.phone, name = excluded.name, given = excluded.given, initials =
    excluded.initials, rest = excluded.rest, told = excluded.told RETURNING id
    """
)

NOTE_TOLD: Final = Prepared("UPDATE member SET told=? WHERE member.member_id = ?")

CARDS_OF: Final = Prepared("SELECT member.id, member.rest FROM member WHERE member.member_id = ?")

PUT_CARD: Final = Prepared(
    """
    INSERT INTO card (number, member) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET member = excluded.member
    """
)

DROP_CARD: Final = Prepared("DELETE FROM card WHERE card.number = ? AND card.member = ?")

MOVE_CARDS: Final = Prepared("UPDATE card SET member=? WHERE card.member = ?")

PUT_ACCOUNT: Final = Prepared(
    """
    INSERT INTO member_account (member_id, contains_seq, as_of_ms, body) VALUES (?, ?, ?, ?) ON CONFLICT (member_id) DO
    UPDATE SET contains_seq = excluded.contains_seq, as_of_ms = excluded.as_of_ms, body = excluded.body
    """
)

PUT_PRODUCT: Final = Prepared(
    """
    INSERT INTO product (product_id, category_id, name, search, is_active, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT
    (product_id) DO UPDATE SET category_id = excluded.category_id, name = excluded.name, search = excluded.search,
    is_active = excluded.is_active, body = excluded.body
    """
)

DROP_CODES: Final = Prepared("DELETE FROM product_code WHERE product_code.product_id = ?")

PUT_CODE: Final = Prepared(
    """
    INSERT INTO product_code (code, product_id) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET product_id =
    excluded.product_id
    """
)

PUT_CATEGORY: Final = Prepared(
    """
    INSERT INTO category (category_id, place, body) VALUES (?, ?, ?) ON CONFLICT (category_id) DO UPDATE SET body =
    excluded.body
    """
)

PUT_PROGRAMME: Final = Prepared(
    """
    INSERT INTO programme (version, effective_from, effective_to, body) VALUES (?, ?, ?, ?) ON CONFLICT (version) DO
    UPDATE SET effective_from = excluded.effective_from, effective_to = excluded.effective_to, body = excluded.body
    """
)

PUT_STAFF: Final = Prepared(
    """
    INSERT INTO staff (staff_id, body) VALUES (?, ?) ON CONFLICT (staff_id) DO UPDATE SET body = excluded.body
    """
)

PUT_META: Final = Prepared(
    """
    INSERT INTO meta ("key", value) VALUES (?, ?) ON CONFLICT ("key") DO UPDATE SET value = excluded.value
    """
)

META: Final = Prepared(
    """
    SELECT meta.value FROM meta WHERE meta."key" = ?
    """
)

PLACES: Final = Prepared("SELECT count(*) AS count_1 FROM category")

INSERT_MEMBER: Final = Prepared(
    """
    INSERT INTO member (id, member_id, phone, name, given, initials, rest, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """
)

INSERT_CARD: Final = Prepared("INSERT INTO card (number, member) VALUES (?, ?)")

INSERT_LOADED_CARD: Final = Prepared("INSERT INTO loaded_card (number, member) VALUES (?, ?)")

INSERT_ACCOUNT: Final = Prepared(
    """
    INSERT INTO member_account (member_id, contains_seq, as_of_ms, body) VALUES (?, ?, ?, ?)
    """
)

EMPTY_MEMBER: Final = Prepared(
    """
    UPDATE member SET phone='', name='', given='', initials='', rest=x'', told=? WHERE member.member_id = ?
    """
)

KEEP_TOLD: Final = Prepared(
    """
    INSERT INTO told_member (member_id, told, body) VALUES (?, ?, ?) ON CONFLICT (member_id) DO UPDATE SET told =
    excluded.told, body = excluded.body
    """
)

DROP_TOLD: Final = Prepared("DELETE FROM told_member WHERE told_member.member_id = ?")

ALL_TOLD: Final = Prepared("SELECT told_member.member_id, told_member.told, told_member.body FROM told_member")

PUT_ALIAS: Final = Prepared(
    """
    INSERT INTO alias (loser, winner) VALUES (?, ?) ON CONFLICT (loser) DO UPDATE SET winner = excluded.winner
    """
)

MOVE_ALIAS: Final = Prepared("UPDATE alias SET winner=? WHERE alias.winner = ?")

ALIASES: Final = Prepared("SELECT alias.loser, alias.winner FROM alias")

DROP_ALIAS: Final = Prepared("DELETE FROM alias WHERE alias.loser = ?")

DROP_ACCOUNT: Final = Prepared("DELETE FROM member_account WHERE member_account.member_id = ?")

DROP_PRODUCT: Final = Prepared("DELETE FROM product WHERE product.product_id = ?")

DROP_CATEGORY: Final = Prepared("DELETE FROM category WHERE category.category_id = ?")

DROP_PROGRAMME: Final = Prepared("DELETE FROM programme WHERE programme.version = ?")

DROP_STAFF: Final = Prepared("DELETE FROM staff WHERE staff.staff_id = ?")

PUT_TILL_KEY: Final = Prepared(
    """
    INSERT INTO till_key (key_id, public_key) VALUES (?, ?) ON CONFLICT (key_id) DO UPDATE SET public_key =
    excluded.public_key
    """
)

DROP_TILL_KEY: Final = Prepared("DELETE FROM till_key WHERE till_key.key_id = ?")

PUT_UNIT_SOLD: Final = Prepared(
    """
    INSERT INTO unit_sold (code_hash, till, receipt_no) VALUES (?, ?, ?) ON CONFLICT (code_hash) DO UPDATE SET till =
    excluded.till, receipt_no = excluded.receipt_no
    """
)

DROP_UNIT_SOLD: Final = Prepared("DELETE FROM unit_sold WHERE unit_sold.code_hash = ?")

PUT_SHOP_GIVEN: Final = Prepared(
    """
    INSERT INTO shop_given (what, month, amount, told) VALUES (?, ?, ?, ?) ON CONFLICT (what, month) DO UPDATE SET
    amount = excluded.amount, told = excluded.told
    """
)

DROP_SHOP_GIVEN: Final = Prepared("DELETE FROM shop_given WHERE shop_given.what = ? AND shop_given.month = ?")
