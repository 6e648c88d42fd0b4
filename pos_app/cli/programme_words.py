"""What ``guitai programme`` says: quotes with their reasons, in the user's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pos_app.domain.text import LocalText

if TYPE_CHECKING:
    from pos_app.application.scenarios.document import Scenario
    from pos_app.application.scenarios.outcome import Outcome, RefundOutcome
    from pos_app.domain.member import MemberAccount
    from pos_app.domain.pricing.quote import Quote
    from pos_app.domain.programme.document import Programme
    from pos_app.domain.programme.findings import Finding

_WORDS: Final = {
    "regular": LocalText("原价", "regular"),
    "saved": LocalText("已省", "saved"),
    "payable": LocalText("应付", "to pay"),
    "gap": LocalText("未能证明最低：至多还可能省 {amount}", "not proven the lowest: {amount} less at most"),
    "points": LocalText("积分", "points"),
    "by_hand": LocalText("手工折扣", "by the cashier"),
    "more": LocalText("再买 ¥{missing}", "{missing} yuan more"),
    "applied": LocalText("已享受", "applied"),
    "tier": LocalText("等级", "tier"),
    "next": LocalText("距 {tier}", "to {tier}"),
    "visits": LocalText("{visits} 次", "{visits} visits"),
    "until": LocalText("至 {day}", "until {day}"),
    "can_burn": LocalText("可用 {points} 积分抵 {value}", "{points} points could pay {value}"),
    "cannot_burn": LocalText("积分抵现：{reason}", "points as cash: {reason}"),
    "balance": LocalText("积分余额 {balance}", "balance {balance} points"),
    "owed": LocalText("（欠 {owed}）", " ({owed} owed)"),
    "line_refused": LocalText("不能售出：{reason}", "cannot be sold: {reason}"),
    "drawn": LocalText("抽奖 {draw}：{prize}", "{draw}: {prize}"),
    "run_out": LocalText("（抽中的已送完）", " (what was drawn has run out)"),
    "uses": LocalText("剩 {left} 次，本单用 {count} 次", "{left} left, {count} used here"),
    "odds": LocalText("概率", "odds"),
    "refund": LocalText("退货 {number}", "refund {number}"),
    "sale_refused": LocalText("销售被拒绝：{code}", "the sale is refused: {code}"),
    "refused": LocalText("被拒绝：{code}", "refused: {code}"),
    "back": LocalText("退还积分 {points}", "points given back {points}"),
    "taken": LocalText("扣回积分 {points}", "points taken back {points}"),
    "as_expected": LocalText("与预期一致", "as expected"),
    "summary": LocalText("{count} 个案例，{wrong} 个与预期不符", "{count} scenarios, {wrong} not as expected"),
    "error": LocalText("错误", "error"),
    "warning": LocalText("提醒", "warning"),
}

#: Reason codes of the quote. The window's words need Qt; a terminal does not.
_REASONS: Final = {
    "members_only": LocalText("仅限会员", "for members only"),
    "not_this_tier": LocalText("不适用于该等级", "for another tier"),
    "not_this_member": LocalText("不适用于该会员", "not for this member"),
    "not_birthday": LocalText("仅限会员生日", "for the member's birthday only"),
    "not_in_this_store": LocalText("本店不参加", "not in this store"),
    "not_yet": LocalText("尚未开始", "it has not begun"),
    "over": LocalText("已结束", "it is over"),
    "not_this_weekday": LocalText("不是活动的星期", "not on this day of the week"),
    "not_this_day": LocalText("不是活动的日子", "not on this day of the month"),
    "not_this_hour": LocalText("不在活动时段", "not at this time of day"),
    "no_goods": LocalText("没有适用的商品", "nothing in the basket it is for"),
    "not_enough": LocalText("还不够条件", "not enough in the basket yet"),
    "better_offer": LocalText("已享受更优惠的", "something better was applied"),
    "programme_not_in_force": LocalText("方案不在有效期内", "the programme is not in force"),
    "member_frozen": LocalText("会员已冻结：无优惠、无积分", "the member is frozen: no benefits, no points"),
    "member_closed": LocalText("会员已注销", "the membership was closed"),
    "too_few_points": LocalText("积分不足", "too few points"),
    "bill_too_small": LocalText("金额太小", "the bill is too small"),
    "not_in_window": LocalText("不在开放时段", "not open at this time of the month or year"),
    "limit_reached": LocalText("已达上限", "as much was had as one member can have"),
    "not_offered": LocalText("方案现在不提供", "the programme does not offer it"),
    "out_of_stock": LocalText("已兑完", "none is left"),
    "price_changed": LocalText("价格已变", "its price is another one now"),
    "not_new_member": LocalText("仅限新会员", "for new members only"),
    "not_referred": LocalText("仅限由会员推荐的会员", "for members whom another one brought"),
    "was_referred": LocalText("由会员推荐的会员不享受", "not for members whom another one brought"),
    "not_this_visit": LocalText("不是这一次到店", "not on this visit"),
    "tier_not_reached": LocalText("这一单还升不到该等级", "this sale does not lead to that tier"),
    "not_first": LocalText("仅限首次消费", "for the first purchase only"),
    "referrer_unknown": LocalText("没有推荐人的资料", "who brought the member is not known here"),
    "referrer_is_self": LocalText("自己推荐自己", "nobody is rewarded for themselves"),
    "referrer_not_active": LocalText("推荐人已冻结或注销", "who brought the member is frozen or closed"),
    "referrer_circle": LocalText("互相推荐", "these members brought each other"),
    "referrer_newer": LocalText("推荐人入会更晚", "who brought the member joined later"),
    "nothing_to_pay": LocalText("无需付款", "there is nothing to pay"),
}


def say(key: str, language: str, **values: object) -> str:
    """A word or sentence of these commands."""
    return _WORDS[key].in_language(language).format(**values)


def reason(code: str, language: str) -> str:
    """Why not, in words."""
    return _REASONS[code].in_language(language) if code in _REASONS else code


def finding(found: Finding) -> str:
    """A finding of the check, Chinese first, then English."""
    sign = "✗" if found.severity == "error" else "!"
    kind = _WORDS[found.severity]
    return f"{sign} {kind.zh} {kind.en}  {found.place}\n    {found.text.zh}\n    {found.text.en}"


def odds(programme: Programme) -> Iterator[str]:
    """The published chances of every draw, Chinese first, then English."""
    from pos_app.domain.programme.burning import Draw
    from pos_app.domain.programme.odds import chances_of

    for rule in programme.burning:
        if isinstance(rule, Draw):
            yield f"{say('odds', 'zh_CN')} {say('odds', 'en')}  burning.{rule.rule_id}  {rule.name.zh}"
            for chance in chances_of(rule, {}):
                stock = "" if chance.left is None else f"  × {chance.left}"
                yield f"    {chance.percent:>8}  {chance.weight}/{chance.of}  {chance.name.zh}{stock}"


def outcome(scenario: Scenario, result: Outcome, language: str) -> Iterator[str]:
    """Lines, reductions, totals, points and each benefit with why or why not."""
    yield scenario.why
    yield f"{scenario.moment:%Y-%m-%d %H:%M}  ({result.today})"
    for step, did in zip(scenario.before, result.before, strict=True):
        given = "  ".join(f"{rule} × {times}" for rule, times in did.given.items())
        yield f"  {step.do}  {did.refused or given or '–'}"
    if result.quote is not None:
        yield from _lines(scenario, result.quote, language)
        yield from _benefits(result.quote, language)
        yield from _points(result, result.quote, language)
        yield from _gifts(result.quote, language)
        for use in result.quote.uses:
            told = say("uses", language, left=use.left, count=use.count)
            why = f"  {reason(use.reason, language)}" if use.reason else ""
            yield f"  · {use.name.in_language(language)}  {told}{why}"
    for drawn in result.sale.draws if result.sale is not None else ():
        gone = say("run_out", language) if drawn.given != drawn.drawn else ""
        name, prize = drawn.name.in_language(language), drawn.prize.in_language(language)
        yield f"  {say('drawn', language, draw=name, prize=prize)}{gone}"
    if result.refused:
        yield say("sale_refused", language, code=result.refused)
    elif result.account is not None:
        yield _balance(result.account, result, language)
    for number, refund in enumerate(result.refunds, 1):
        yield from _refund(number, refund, language)


def _lines(scenario: Scenario, quote: Quote, language: str) -> Iterator[str]:
    for item, line in zip(scenario.basket, quote.lines, strict=True):
        yield f"  {line.line_no:>2}  {item.name} × {item.quantity.display()}  {line.regular_amount.plain()}"
        for cut in line.reductions:
            name = cut.name.in_language(language) or say("by_hand", language)
            yield f"        -{cut.amount.plain()}  {name}"
        if line.reductions:
            yield f"        ={line.amount.plain()}"
        if line.points_price:
            yield f"        -{line.points_price.display()} {say('points', language)}"
        if line.refused:
            yield f"        ! {say('line_refused', language, reason=reason(line.refused, language))}"
    totals = (("regular", quote.regular_total), ("saved", quote.saved), ("payable", quote.payable))
    yield "  " + "   ".join(f"{say(key, language)} {amount.plain()}" for key, amount in totals)
    if quote.gap:
        yield f"  ! {say('gap', language, amount=quote.gap.plain())}"
    if quote.notice:
        yield f"  ! {reason(quote.notice, language)}"


def _benefits(quote: Quote, language: str) -> Iterator[str]:
    for each in quote.benefits:
        name = each.name.in_language(language)
        if each.applied:
            yield f"  ✓ {name}  -{each.saved.plain()}"
        else:
            yield f"  · {name}  {reason(each.reason, language)} ({each.reason})"


def _gifts(quote: Quote, language: str) -> Iterator[str]:
    for each in quote.gifts:
        name = each.name.in_language(language)
        more = "" if each.missing is None else "  " + say("more", language, missing=each.missing.plain())
        if each.times:
            yield f"  ✓ {name} × {each.times}{more}"
        else:
            yield f"  · {name}  {reason(each.reason, language)} ({each.reason}){more}"


def _points(result: Outcome, quote: Quote, language: str) -> Iterator[str]:
    for each in quote.earned:
        yield f"  + {each.points.display()} {say('points', language)}  {each.name.in_language(language)}"
    offer = result.offer
    if offer is not None and offer.reason:
        yield f"  · {say('cannot_burn', language, reason=reason(offer.reason, language))}"
    elif offer is not None:
        yield f"  {say('can_burn', language, points=offer.points.display(), value=offer.value.plain())}"
    if quote.tier is None or quote.tier_after is None:
        return
    before, after = quote.tier.name.in_language(language), quote.tier_after.name.in_language(language)
    way = ""
    if quote.next_tier is not None:
        following = quote.next_tier
        missing = [following.spend_missing.display()] if following.spend_missing is not None else []
        if following.visits_missing is not None:
            missing.append(say("visits", language, visits=following.visits_missing))
        if following.points_missing is not None:
            missing.append(f"{following.points_missing.display()} {say('points', language)}")
        joined = (" + " if following.all_of else " / ").join(missing)
        way = f"   {say('next', language, tier=following.tier.name.in_language(language))} {joined}"
    if quote.tier_term is not None:
        way = f"   {say('until', language, day=quote.tier_term.until.isoformat())}{way}"
    yield f"  {say('tier', language)} {before if before == after else f'{before} → {after}'}{way}"


def _refund(number: int, outcome: RefundOutcome, language: str) -> Iterator[str]:
    from pos_app.application.scenarios.comparing import points_back

    title = f"  {say('refund', language, number=number)}  {outcome.today}"
    if outcome.refund is None:
        yield f"{title}  {say('refused', language, code=outcome.refused)}"
        return
    tenders = "  ".join(f"{tender.kind} {tender.amount.plain()}" for tender in outcome.refund.tenders)
    yield f"{title}  {outcome.refund.amount.plain()}  ({tenders})"
    member = outcome.refund.member
    if member is not None:
        owed = say("owed", language, owed=member.owed.count) if member.owed else ""
        taken = say("taken", language, points=member.taken_back.count)
        balance = say("balance", language, balance=member.points_after.display())
        yield f"      {taken}{owed}   {say('back', language, points=points_back(outcome.refund))}   {balance}"


def _balance(account: MemberAccount, result: Outcome, language: str) -> str:
    owed = say("owed", language, owed=account.receivable) if account.receivable else ""
    return f"  {say('balance', language, balance=account.balance(result.today).display())}{owed}"
