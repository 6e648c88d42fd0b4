<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ApprovalView</name>
    <message>
        <source>Approval</source>
        <translation>授权</translation>
    </message>
    <message>
        <source>Choose who approves; then their PIN.</source>
        <translation>选授权人，再输入其密码。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Who approves</source>
        <translation>授权人</translation>
    </message>
    <message>
        <source>Change a price</source>
        <translation>改价</translation>
    </message>
    <message>
        <source>Give a discount</source>
        <translation>打折</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Void a sale</source>
        <translation>作废整单</translation>
    </message>
    <message>
        <source>Open the drawer without a sale</source>
        <translation>非销售开钱箱</translation>
    </message>
    <message>
        <source>Put cash in or take it out</source>
        <translation>存取现金</translation>
    </message>
    <message>
        <source>See the totals so far</source>
        <translation>查看当班汇总</translation>
    </message>
    <message>
        <source>Print a receipt again</source>
        <translation>补打小票</translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation>修改设置</translation>
    </message>
    <message>
        <source>Use training mode</source>
        <translation>使用练习模式</translation>
    </message>
    <message>
        <source>Change a member&apos;s data</source>
        <translation>修改会员资料</translation>
    </message>
    <message>
        <source>Give points as goodwill</source>
        <translation>赠送关怀积分</translation>
    </message>
    <message>
        <source>Close the day</source>
        <translation>日结</translation>
    </message>
    <message>
        <source>Close somebody else&apos;s shift</source>
        <translation>代他人交班</translation>
    </message>
</context>
<context>
    <name>BasketView</name>
    <message>
        <source>Item</source>
        <extracomment>A line with something under it needs the second line of text.</extracomment>
        <translation>品名</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
</context>
<context>
    <name>BenefitsView</name>
    <message>
        <source>Benefits</source>
        <translation>权益</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Print reasons</source>
        <translation>打印说明</translation>
    </message>
    <message>
        <source>This sale</source>
        <translation>本单</translation>
    </message>
    <message>
        <source>Coupons</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>充值</translation>
    </message>
    <message>
        <source>Gifts</source>
        <translation>兑换</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>卡项</translation>
    </message>
    <message>
        <source>Take part</source>
        <translation>互动</translation>
    </message>
    <message>
        <source>Another list</source>
        <translation>换一个列表</translation>
    </message>
    <message>
        <source>Mark a row</source>
        <translation>选中一行</translation>
    </message>
    <message>
        <source>Use, buy or get what is marked</source>
        <translation>使用、购买或领取选中的一项</translation>
    </message>
    <message>
        <source>Use what is best</source>
        <translation>用最划算的</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>CardsTab</name>
    <message>
        <source>{count} uses</source>
        <translation>{count} 次</translation>
    </message>
    <message>
        <source>Buy: {name}</source>
        <translation>购买：{name}</translation>
    </message>
    <message>
        <source>The shop has no count cards and no services.</source>
        <translation>店里没有次卡和服务。</translation>
    </message>
    <message>
        <source>Cards need a member.</source>
        <translation>卡项要先有会员。</translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation>剩 {count}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>{day} 到期</translation>
    </message>
    <message>
        <source>{count} in this sale</source>
        <translation>本单用 {count} 次</translation>
    </message>
    <message>
        <source>{count} months</source>
        <translation>{count} 个月</translation>
    </message>
    <message>
        <source>{left} of {count} left</source>
        <translation>剩 {left} 次（共 {count} 次）</translation>
    </message>
    <message>
        <source>used on {days}</source>
        <translation>用过：{days}</translation>
    </message>
    <message>
        <source>Note a use</source>
        <translation>记一次</translation>
    </message>
</context>
<context>
    <name>CashMoveView</name>
    <message>
        <source>Cash in / out</source>
        <translation>存取现金</translation>
    </message>
    <message>
        <source>Put in</source>
        <translation>存入</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>取出</translation>
    </message>
    <message>
        <source>REASON</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>In your own words</source>
        <translation>其他原因（可自填）</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>How much. The drawer opens.</source>
        <translation>输入金额，确认后钱箱打开。</translation>
    </message>
    <message>
        <source>Somebody who may do this is asked for their PIN next.</source>
        <translation>下一步需有权限的人输入密码。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>To the bank</source>
        <translation>存银行</translation>
    </message>
    <message>
        <source>Small purchase</source>
        <translation>零星采购</translation>
    </message>
    <message>
        <source>To the safe</source>
        <translation>存保险柜</translation>
    </message>
    <message>
        <source>Change money</source>
        <translation>换零钱</translation>
    </message>
    <message>
        <source>More float</source>
        <translation>加备用金</translation>
    </message>
    <message>
        <source>From the safe</source>
        <translation>从保险柜取</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Take cash out</source>
        <translation>取出现金</translation>
    </message>
    <message>
        <source>Put cash in</source>
        <translation>存入现金</translation>
    </message>
</context>
<context>
    <name>ChipsPage</name>
    <message>
        <source>CHIP CARDS AND TAGS</source>
        <translation>芯片卡与标签</translation>
    </message>
    <message>
        <source>Hold a card to the reader with the cursor in any box, and tick what looks like it. Leave all empty in a shop without chip cards.</source>
        <translation>把光标放进任一输入框，将卡贴近读卡器，勾选与之相符的写法。没有芯片卡的店铺全部留空。</translation>
    </message>
    <message>
        <source>Ten digits</source>
        <translation>10 位数字</translation>
    </message>
    <message>
        <source>Ten digits, other order</source>
        <translation>10 位数字（反序）</translation>
    </message>
    <message>
        <source>Eight of 0–9 A–F</source>
        <translation>8 位 0–9 A–F</translation>
    </message>
    <message>
        <source>Eight of 0–9 A–F, other order</source>
        <translation>8 位 0–9 A–F（反序）</translation>
    </message>
    <message>
        <source>Fourteen of 0–9 A–F</source>
        <translation>14 位 0–9 A–F</translation>
    </message>
    <message>
        <source>With a comma: 188,24910</source>
        <translation>带逗号：188,24910</translation>
    </message>
    <message>
        <source>24 of 0–9 A–F (UHF tags)</source>
        <translation>24 位 0–9 A–F（超高频标签）</translation>
    </message>
</context>
<context>
    <name>ChoiceView</name>
    <message>
        <source>Which one?</source>
        <translation>选哪一个？</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选定</translation>
    </message>
    <message>
        <source>There are more: type another character.</source>
        <translation>还有更多，请再输入一个字。</translation>
    </message>
    <message>
        <source>↑ ↓ choose</source>
        <translation>↑ ↓ 选择</translation>
    </message>
</context>
<context>
    <name>ConcernCards</name>
    <message>
        <source>And {count} more.</source>
        <extracomment>More are not drawn: nobody reads them one by one, and their number is said.</extracomment>
        <translation>还有 {count} 条。</translation>
    </message>
</context>
<context>
    <name>Concerns</name>
    <message>
        <source>Head office has this record with other content.</source>
        <extracomment>Why a record is set aside, or what a manager is told, by its code: what happened, and what to do.</extracomment>
        <translation>总部已有这条记录，但内容不同。</translation>
    </message>
    <message>
        <source>Keep the receipt, and tell head office: this till&apos;s disk may have been copied.</source>
        <translation>请保留小票并告知总部：本机硬盘可能被复制过。</translation>
    </message>
    <message>
        <source>Head office cannot read this record.</source>
        <translation>总部无法读取这条记录。</translation>
    </message>
    <message>
        <source>Keep the receipt, and tell head office: it is looked into there.</source>
        <translation>请保留小票并告知总部，由总部查明。</translation>
    </message>
    <message>
        <source>The bookings of this record do not add up to zero.</source>
        <translation>这条记录借贷不平。</translation>
    </message>
    <message>
        <source>The money in the drawer is right. Keep the receipt, and tell head office: a person books it.</source>
        <translation>钱箱里的钱没有错。请保留小票并告知总部，由专人入账。</translation>
    </message>
    <message>
        <source>The bookings of this sale are not those of its receipt.</source>
        <translation>这笔销售的记账与其小票不符。</translation>
    </message>
    <message>
        <source>The receipt is right. Keep it, and tell head office: a person books it.</source>
        <translation>以小票为准。请保留小票并告知总部，由人工入账。</translation>
    </message>
    <message>
        <source>This record says of itself that it stands in another place.</source>
        <translation>这条记录自称在另一个位置。</translation>
    </message>
    <message>
        <source>Keep the receipt, and tell head office: this till&apos;s books may have been tampered with.</source>
        <translation>请保留小票并告知总部：本机账目可能被改动过。</translation>
    </message>
    <message>
        <source>Head office stumbled over this record.</source>
        <translation>总部处理这条记录时出错。</translation>
    </message>
    <message>
        <source>Head office is too old to understand this record.</source>
        <translation>总部系统版本较旧，看不懂这条记录。</translation>
    </message>
    <message>
        <source>Nothing to do here: it is booked when head office is updated.</source>
        <translation>店里无需处理：总部升级后自动入账。</translation>
    </message>
    <message>
        <source>It builds on a record that head office has not booked yet.</source>
        <translation>它所依据的记录，总部尚未入账。</translation>
    </message>
    <message>
        <source>Bring the other tills on line, if one is not. Then it is booked by itself.</source>
        <translation>如有其他收银机离线，请让它联网，之后自动入账。</translation>
    </message>
    <message>
        <source>Head office decided that this is never booked: {why}</source>
        <translation>总部决定不再入账：{why}</translation>
    </message>
    <message>
        <source>Nothing to do here, unless you know better: then tell head office.</source>
        <translation>店里无需处理；如有异议，请告知总部。</translation>
    </message>
    <message>
        <source>Points or value came back that head office never gave.</source>
        <translation>退回的积分或储值，总部从未发放过。</translation>
    </message>
    <message>
        <source>Keep the receipt, and tell head office: a person books it.</source>
        <translation>请保留小票并告知总部，由专人入账。</translation>
    </message>
    <message>
        <source>The same goods of receipt {sale_receipt_no} were taken back twice.</source>
        <translation>小票 {sale_receipt_no} 的同一商品被退了两次。</translation>
    </message>
    <message>
        <source>Find both refund receipts. What was paid out too much is asked back from the customer, or written off.</source>
        <translation>请找出两张退货单；多退的钱向顾客追回，或作损失处理。</translation>
    </message>
    <message>
        <source>The refund does not fit receipt {sale_receipt_no}.</source>
        <translation>退货与小票 {sale_receipt_no} 不符。</translation>
    </message>
    <message>
        <source>Compare both receipts. The money in the drawer is right; tell head office, where a person books it.</source>
        <translation>请核对两张小票。钱箱里的钱没有错；请告知总部，由专人入账。</translation>
    </message>
    <message>
        <source>A member spent the same at two tills while one had no line.</source>
        <translation>会员在两台收银机重复使用了同一笔权益（其中一台离线）。</translation>
    </message>
    <message>
        <source>The member owes {amount}; it is taken from what comes next. Nothing else to do, unless you ask for it.</source>
        <translation>会员欠 {amount}，将从以后所得中扣回。除非要向会员追讨，否则无需处理。</translation>
    </message>
    <message>
        <source>Receipt {receipt_no} of a till that was given up for lost has turned up.</source>
        <translation>已报失收银机的小票 {receipt_no} 又出现了。</translation>
    </message>
    <message>
        <source>The shop paid for what the member had spent there. Nothing to do, but to know that it cost that.</source>
        <translation>会员在那台机上用掉的权益由门店承担。无需处理，知悉即可。</translation>
    </message>
    <message>
        <source>An item with the same code was sold twice, now on receipt {receipt_no}.</source>
        <translation>同一编码的商品被卖了两次，这次在小票 {receipt_no}。</translation>
    </message>
    <message>
        <source>One of the two may be a forgery. Keep the code, and tell head office.</source>
        <translation>其中一件可能是仿冒品。请保留编码并告知总部。</translation>
    </message>
    <message>
        <source>A member has more stored value than the {limit} that the law allows.</source>
        <translation>会员储值超过法规上限 {limit}。</translation>
    </message>
    <message>
        <source>Recharge no more for this member until some of it is spent.</source>
        <translation>在余额用掉一部分之前，请勿再为该会员充值。</translation>
    </message>
    <message>
        <source>A member changed to a phone number that another member has.</source>
        <translation>一名会员改用的手机号已属于另一名会员。</translation>
    </message>
    <message>
        <source>They are still two members. Ask both whose number it is, and correct the other.</source>
        <translation>两人仍是两个会员。请分别核实号码归属，并更正另一位的号码。</translation>
    </message>
    <message>
        <source>Two machines have been this same till.</source>
        <translation>有两台电脑在充当同一台收银机。</translation>
    </message>
    <message>
        <source>Sell for cash only. Switch one of them off, and ask head office for a new code for the other.</source>
        <translation>只收现金。请关掉其中一台，并向总部为另一台申请新的加入码。</translation>
    </message>
    <message>
        <source>Another machine has taken the place of this till.</source>
        <translation>另一台电脑已接替本机。</translation>
    </message>
    <message>
        <source>Do not sell here. Ask head office which one is to go on.</source>
        <translation>请勿在此销售，请问总部由哪一台继续。</translation>
    </message>
    <message>
        <source>A machine that was replaced by this till still sends what it sold.</source>
        <translation>已被本机接替的旧电脑仍在上传销售。</translation>
    </message>
    <message>
        <source>Switch the old machine off. What it sent is not in the books: ask head office.</source>
        <translation>请关掉旧电脑。它上传的内容未入账，请问总部。</translation>
    </message>
    <message>
        <source>Head office took this till out of service.</source>
        <translation>总部已停用本机。</translation>
    </message>
    <message>
        <source>Do not sell here. Ask head office why, and for a new code.</source>
        <translation>请勿在此销售，请问总部原因并申请新的加入码。</translation>
    </message>
    <message>
        <source>A till that was taken out of service still sends.</source>
        <translation>已停用的收银机仍在上传。</translation>
    </message>
    <message>
        <source>Switch it off. What it sent is not in the books: ask head office.</source>
        <translation>请关掉它。它上传的内容未入账，请问总部。</translation>
    </message>
    <message>
        <source>Head office does not know this till&apos;s key.</source>
        <translation>总部不认识本机的密钥。</translation>
    </message>
    <message>
        <source>Ask head office for a code that makes this machine the till&apos;s successor.</source>
        <translation>请向总部申请加入码，让这台电脑接替本机。</translation>
    </message>
    <message>
        <source>The machine before this one had not sent everything. Records that are missing: {count}</source>
        <translation>前一台机器有记录没有上传，缺少 {count} 条。</translation>
    </message>
    <message>
        <source>Its receipts and its last sheet say what they were: give them to whoever keeps the books. If the machine turns up, do not sell with it; export its journal, and give head office the file.</source>
        <translation>那些记录可从它的小票和最后一张日结单查到，请交给记账的人。若那台机器找到了，不要用它卖货：导出它的流水，把文件交给总部。</translation>
    </message>
    <message>
        <source>Head office does not accept a record of this till.</source>
        <translation>总部不接收本机的一条记录。</translation>
    </message>
    <message>
        <source>What comes after it waits here. Tell support; selling goes on.</source>
        <translation>其后的记录在本机等待。请联系技术支持，照常收银。</translation>
    </message>
    <message>
        <source>{count} points</source>
        <extracomment>How much of what somebody owes, by what it is of.</extracomment>
        <translation>{count} 积分</translation>
    </message>
    <message>
        <source>{count} uses of a coupon</source>
        <translation>优惠券 {count} 次</translation>
    </message>
    <message>
        <source>{count} uses of a count card</source>
        <translation>次卡 {count} 次</translation>
    </message>
    <message>
        <source>Head office set this aside ({code}).</source>
        <extracomment>For a code that has no words yet; it is named, so that it can be told on the telephone.</extracomment>
        <translation>总部搁置了这条记录（{code}）。</translation>
    </message>
    <message>
        <source>Keep the receipt, and tell head office the code {code}.</source>
        <translation>请保留小票，并把代码 {code} 告知总部。</translation>
    </message>
</context>
<context>
    <name>CountCard</name>
    <message>
        <source>FACE</source>
        <extracomment>More than a drawer holds; the books refuse more than this anyway. What a drawer holds, the largest first.</extracomment>
        <translation>面额</translation>
    </message>
    <message>
        <source>PIECES</source>
        <translation>张／枚</translation>
    </message>
    <message>
        <source>AMOUNT</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Pieces of {face}</source>
        <translation>{face} 的张数</translation>
    </message>
</context>
<context>
    <name>CountPage</name>
    <message>
        <source>Cashier</source>
        <translation>收银员</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开班时间</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>实点</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
</context>
<context>
    <name>CouponsTab</name>
    <message>
        <source>Coupons take {amount} off</source>
        <translation>优惠券共减 {amount}</translation>
    </message>
    <message>
        <source>No coupons</source>
        <translation>没有优惠券</translation>
    </message>
    <message>
        <source>A coupon&apos;s code can be scanned or typed at any time.</source>
        <translation>券码随时可扫、可输入。</translation>
    </message>
    <message>
        <source>Use what is best</source>
        <translation>用最划算的</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>{day} 到期</translation>
    </message>
    <message>
        <source>{amount} more of it</source>
        <translation>还差 {amount}</translation>
    </message>
    <message>
        <source>Would make the bill dearer: other benefits would be lost</source>
        <translation>用了反而更贵：会失去其他优惠</translation>
    </message>
    <message>
        <source>used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>would save</source>
        <translation>本单可省</translation>
    </message>
    <message>
        <source>{used} of {count}</source>
        <translation>{used}/{count} 张</translation>
    </message>
</context>
<context>
    <name>CustomerLine</name>
    <message>
        <source>Price</source>
        <extracomment>How long the price of the goods stands before the total takes its place.</extracomment>
        <translation>单价</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>找零</translation>
    </message>
</context>
<context>
    <name>CustomerPage</name>
    <message>
        <source>Where the customer&apos;s screen is</source>
        <translation>顾客屏的位置</translation>
    </message>
    <message>
        <source>Nowhere</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>On a monitor</source>
        <translation>在显示器上</translation>
    </message>
    <message>
        <source>In a window</source>
        <translation>在窗口中</translation>
    </message>
    <message>
        <source>Monitor; empty for the one the till is not on</source>
        <translation>显示器；留空则用收银台不在的那台</translation>
    </message>
    <message>
        <source>Folder with pictures for idle times; empty for none</source>
        <translation>空闲时图片的文件夹；留空则不显示图片</translation>
    </message>
    <message>
        <source>Seconds each</source>
        <translation>每张秒数</translation>
    </message>
    <message>
        <source>Words under the shop&apos;s name while nothing is sold</source>
        <translation>空闲时店名下的话</translation>
    </message>
    <message>
        <source>Code to pay: its text, or a picture of it</source>
        <translation>收款码：码的内容，或图片路径</translation>
    </message>
    <message>
        <source>Code to sign up: its text</source>
        <translation>入会码：码的内容</translation>
    </message>
    <message>
        <source>Greet members</source>
        <translation>问候会员</translation>
    </message>
    <message>
        <source>Show their points</source>
        <translation>显示积分</translation>
    </message>
    <message>
        <source>Show their balance</source>
        <translation>显示储值</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>CustomerScreen</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎光临</translation>
    </message>
    <message>
        <source>Hello, {name}</source>
        <translation>{name}，您好</translation>
    </message>
    <message>
        <source>Hello, dear member</source>
        <translation>尊敬的会员，您好</translation>
    </message>
    <message>
        <source>Ms {name}</source>
        <translation>{name}女士</translation>
    </message>
    <message>
        <source>Mr {name}</source>
        <translation>{name}先生</translation>
    </message>
    <message>
        <source>Points {points}</source>
        <translation>积分 {points}</translation>
    </message>
    <message>
        <source>Balance {amount}</source>
        <translation>储值 {amount}</translation>
    </message>
    <message>
        <source>{count} more above</source>
        <translation>上面还有 {count} 行</translation>
    </message>
    <message>
        <source>{count} more below</source>
        <translation>下面还有 {count} 行</translation>
    </message>
    <message>
        <source>Items: {pieces}</source>
        <translation>共 {pieces} 项</translation>
    </message>
    <message>
        <source>You save</source>
        <translation>已优惠</translation>
    </message>
    <message>
        <source>Points for this purchase</source>
        <translation>本单可得积分</translation>
    </message>
    <message>
        <source>Points earned</source>
        <translation>本单得积分</translation>
    </message>
    <message>
        <source>Points now</source>
        <translation>现有积分</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>应付</translation>
    </message>
    <message>
        <source>Still to pay</source>
        <translation>还需支付</translation>
    </message>
    <message>
        <source>Your change</source>
        <translation>找零</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已收款</translation>
    </message>
    <message>
        <source>Thank you. Come again soon.</source>
        <translation>谢谢惠顾，欢迎再来</translation>
    </message>
    <message>
        <source>Scan to pay</source>
        <translation>扫码付款</translation>
    </message>
    <message>
        <source>Scan to become a member</source>
        <translation>扫码入会</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>折扣</translation>
    </message>
    <message>
        <source>TRAINING: nothing is sold here</source>
        <translation>培训中，不实际销售</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>Bank card</source>
        <translation>银行卡</translation>
    </message>
    <message>
        <source>Mobile payment</source>
        <translation>移动支付</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>储值</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>礼品卡</translation>
    </message>
</context>
<context>
    <name>CustomerWindow</name>
    <message>
        <source>Customer&apos;s screen</source>
        <extracomment>Of less height one reads nothing any more. What the system may put above a window.</extracomment>
        <translation>顾客屏</translation>
    </message>
</context>
<context>
    <name>DeviceWidget</name>
    <message>
        <source>Receipt printer</source>
        <translation>小票打印机</translation>
    </message>
    <message>
        <source>Print a test page</source>
        <translation>打印测试页</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>扫码枪</translation>
    </message>
    <message>
        <source>Print key codes</source>
        <translation>打印扫码按键</translation>
    </message>
    <message>
        <source>Cash drawer</source>
        <translation>钱箱</translation>
    </message>
    <message>
        <source>Open the drawer</source>
        <translation>开钱箱</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>电子秤</translation>
    </message>
    <message>
        <source>Customer display</source>
        <translation>客显</translation>
    </message>
    <message>
        <source>Show a test line</source>
        <translation>显示测试行</translation>
    </message>
    <message>
        <source>Customer&apos;s screen</source>
        <translation>顾客屏</translation>
    </message>
    <message>
        <source>Show it in a window</source>
        <translation>在窗口中显示</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>工作中</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>未就绪</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>需处理</translation>
    </message>
    <message>
        <source>Not set up</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>Read: {code}</source>
        <translation>读到：{code}</translation>
    </message>
    <message>
        <source>Scan anything to try it.</source>
        <translation>随便扫一个码试试。</translation>
    </message>
    <message>
        <source>On it: {weight}</source>
        <translation>秤上：{weight}</translation>
    </message>
    <message>
        <source>Lay something on it.</source>
        <translation>放上东西试一试。</translation>
    </message>
    <message>
        <source>It stands open.</source>
        <translation>钱箱开着。</translation>
    </message>
    <message>
        <source>It is shut.</source>
        <translation>钱箱关着。</translation>
    </message>
</context>
<context>
    <name>DeviceWizard</name>
    <message>
        <source>What do you want to set up?</source>
        <extracomment>The drawer is tried here first. Longer names would widen the window. What is offered: number, sign, name, note.</extracomment>
        <translation>要设置什么设备？</translation>
    </message>
    <message>
        <source>Plug it in and switch it on first. Nothing changes until you save at the end.</source>
        <translation>请先接好线、打开电源。最后保存之前，什么都不会改变。</translation>
    </message>
    <message>
        <source>Looking at what is connected</source>
        <translation>正在查找已连接的设备</translation>
    </message>
    <message>
        <source>This takes up to five seconds.</source>
        <translation>最多需要 5 秒。</translation>
    </message>
    <message>
        <source>Which one is the printer?</source>
        <translation>哪一台是打印机？</translation>
    </message>
    <message>
        <source>Is it not in the list? Check cable and power, then go back and choose it again.</source>
        <translation>列表里没有？请检查接线和电源，返回后重新选择。</translation>
    </message>
    <message>
        <source>What is the printer&apos;s address?</source>
        <translation>打印机的地址是多少？</translation>
    </message>
    <message>
        <source>Hold its feed key while you switch it on: the page it prints has the address on it.</source>
        <translation>按住走纸键再开机，打印出的自检页上有地址。</translation>
    </message>
    <message>
        <source>The printer is tried at four speeds</source>
        <translation>正在用四种速率试打</translation>
    </message>
    <message>
        <source>Watch the paper. This takes up to ten seconds.</source>
        <translation>请看出来的纸。最多需要 10 秒。</translation>
    </message>
    <message>
        <source>Which line can you read on the paper?</source>
        <translation>纸上哪一行能看清？</translation>
    </message>
    <message>
        <source>One of the four is clear; the others are garbage or missing.</source>
        <translation>四行里有一行是清楚的，其余是乱码或没有。</translation>
    </message>
    <message>
        <source>A trial page is being printed</source>
        <translation>正在打印试验页</translation>
    </message>
    <message>
        <source>It has nine numbered parts. This takes up to ten seconds.</source>
        <translation>上面有九个编号的部分。最多需要 10 秒。</translation>
    </message>
    <message>
        <source>Which parts look on the paper as they do here?</source>
        <translation>纸上哪几号和这里显示的一样？</translation>
    </message>
    <message>
        <source>Touch all that do. 5, 6 and 7 have to end in their own line; 4 and 9 may be drawn.</source>
        <translation>把一样的都点上。5、6、7 号必须在一行内结束；4、9 号字形略有不同也算。</translation>
    </message>
    <message>
        <source>Was the paper cut?</source>
        <translation>纸切断了吗？</translation>
    </message>
    <message>
        <source>Some printers leave a corner standing; that is cut, too.</source>
        <translation>有的打印机会留一角相连，那也算切断。</translation>
    </message>
    <message>
        <source>The drawer is being opened</source>
        <translation>正在打开钱箱</translation>
    </message>
    <message>
        <source>Keep your hands off it and watch.</source>
        <translation>请勿用手碰，看它会不会弹开。</translation>
    </message>
    <message>
        <source>Did the drawer open?</source>
        <translation>钱箱弹开了吗？</translation>
    </message>
    <message>
        <source>If not, it is tried once more at the other wire of its plug.</source>
        <translation>没有的话，会再试插头的另一根针脚。</translation>
    </message>
    <message>
        <source>This time the other wire of its plug was tried.</source>
        <translation>这次试的是插头的另一根针脚。</translation>
    </message>
    <message>
        <source>A code to scan is being printed</source>
        <translation>正在打印要扫的条码</translation>
    </message>
    <message>
        <source>This takes up to ten seconds.</source>
        <translation>最多需要 10 秒。</translation>
    </message>
    <message>
        <source>Scan this code three times with the scanner</source>
        <translation>请用扫码枪把这个条码扫三次</translation>
    </message>
    <message>
        <source>From the paper or from here; scanners with a red line read paper only.</source>
        <translation>扫纸上的或屏幕上的都可以；红线激光枪只能扫纸上的。</translation>
    </message>
    <message>
        <source>Where is the drawer plugged in?</source>
        <translation>钱箱接在哪里？</translation>
    </message>
    <message>
        <source>Follow its cable: most end in a socket of the receipt printer, like a telephone&apos;s.</source>
        <translation>顺着线找：多数钱箱接在小票打印机上，插头像电话线。</translation>
    </message>
    <message>
        <source>Switch the scale on and lay something on it</source>
        <translation>请打开电子秤，放上东西</translation>
    </message>
    <message>
        <source>Whatever you sell by weight. Then it is looked for.</source>
        <translation>放任何称重的商品都行，然后开始查找。</translation>
    </message>
    <message>
        <source>Looking for the scale</source>
        <translation>正在查找电子秤</translation>
    </message>
    <message>
        <source>At every free serial port, in every known way. This takes up to fifteen seconds.</source>
        <translation>在每个空闲串口、用每种已知方式查找。最多需要 15 秒。</translation>
    </message>
    <message>
        <source>Does the scale show the same weight?</source>
        <translation>秤上显示的重量和这里一样吗？</translation>
    </message>
    <message>
        <source>Lay something else on it: the weight here has to follow.</source>
        <translation>换一样东西放上去，这里的重量应随之变化。</translation>
    </message>
    <message>
        <source>Watch the customer&apos;s display</source>
        <translation>请看客显</translation>
    </message>
    <message>
        <source>Numbers come one after another, for two seconds each. Remember those you can read.</source>
        <translation>数字会依次出现，每个停 2 秒。请记住看清的数字。</translation>
    </message>
    <message>
        <source>Which numbers did you read on the display?</source>
        <translation>客显上看到了哪些数字？</translation>
    </message>
    <message>
        <source>Touch all that were whole. Garbage, and parts of a number, do not count.</source>
        <translation>把完整看到的都点上。乱码和不完整的不算。</translation>
    </message>
    <message>
        <source>The display shows a total</source>
        <translation>客显正在显示总计</translation>
    </message>
    <message>
        <source>Watch the small lamps beside its figures.</source>
        <translation>请看数字旁边的小灯。</translation>
    </message>
    <message>
        <source>Is the lamp for the total lit?</source>
        <translation>“总计”灯亮了吗？</translation>
    </message>
    <message>
        <source>It stands beside or below the figures (总计, TOTAL). Some displays have none.</source>
        <translation>它在数字旁边或下方（总计）。有的客显没有灯。</translation>
    </message>
    <message>
        <source>Is that right?</source>
        <translation>这样对吗？</translation>
    </message>
    <message>
        <source>Nothing was changed so far. Save, and it is used at once.</source>
        <translation>到现在什么都没改。保存后立即使用。</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>The devices are used at once.</source>
        <translation>设备立即启用。</translation>
    </message>
    <message>
        <source>Saved. The device is in use.</source>
        <translation>已保存，设备已启用。</translation>
    </message>
    <message>
        <source>The devices screen shows how it stands, and tries it again at any time.</source>
        <translation>在“设备”里可随时查看状态、再次测试。</translation>
    </message>
    <message>
        <source>A printer in the network</source>
        <translation>网络打印机</translation>
    </message>
    <message>
        <source>You type its address</source>
        <translation>需要输入地址</translation>
    </message>
    <message>
        <source>None of them</source>
        <translation>都看不清</translation>
    </message>
    <message>
        <source>Yes, it was cut</source>
        <translation>是，切断了</translation>
    </message>
    <message>
        <source>No, I tear it off</source>
        <translation>没有，要手撕</translation>
    </message>
    <message>
        <source>Yes, it opened</source>
        <translation>是，弹开了</translation>
    </message>
    <message>
        <source>No, it stayed shut</source>
        <translation>没有，还关着</translation>
    </message>
    <message>
        <source>At the receipt printer</source>
        <translation>小票打印机上</translation>
    </message>
    <message>
        <source>By a cable like a telephone&apos;s</source>
        <translation>插头像电话线</translation>
    </message>
    <message>
        <source>At the computer</source>
        <translation>电脑上</translation>
    </message>
    <message>
        <source>By a box at a serial port</source>
        <translation>通过串口上的钱箱盒</translation>
    </message>
    <message>
        <source>Yes, the same</source>
        <translation>是，一样</translation>
    </message>
    <message>
        <source>No, or nothing</source>
        <translation>不一样，或没有显示</translation>
    </message>
    <message>
        <source>Yes, it is lit</source>
        <translation>是，亮了</translation>
    </message>
    <message>
        <source>No, or another one</source>
        <translation>没亮，或亮的是别的灯</translation>
    </message>
    <message>
        <source>Set up another device</source>
        <translation>再设置一个设备</translation>
    </message>
    <message>
        <source>That is all</source>
        <translation>设置完了</translation>
    </message>
    <message>
        <source>Receipt printer</source>
        <translation>小票打印机</translation>
    </message>
    <message>
        <source>And the drawer at it</source>
        <translation>连同接在上面的钱箱</translation>
    </message>
    <message>
        <source>Cash drawer</source>
        <translation>钱箱</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>扫码枪</translation>
    </message>
    <message>
        <source>With or without a port of its own</source>
        <translation>键盘式或串口式都行</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>电子秤</translation>
    </message>
    <message>
        <source>At a serial port</source>
        <translation>接在串口上</translation>
    </message>
    <message>
        <source>Customer&apos;s display</source>
        <translation>客显</translation>
    </message>
    <message>
        <source>Lines of figures or text, at a serial port</source>
        <translation>数字或文字客显，接在串口上</translation>
    </message>
    <message>
        <source>Which port is the drawer&apos;s box at?</source>
        <translation>钱箱盒接在哪个端口？</translation>
    </message>
    <message>
        <source>Which port is the display at?</source>
        <translation>客显接在哪个端口？</translation>
    </message>
    <message>
        <source>Printer on the screen</source>
        <translation>屏幕模拟打印机</translation>
    </message>
    <message>
        <source>Made of software</source>
        <translation>软件模拟</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Serial port</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>Device file</source>
        <translation>设备文件</translation>
    </message>
    <message>
        <source>Read at its own plug</source>
        <translation>直接读取</translation>
    </message>
    <message>
        <source>Print queue</source>
        <translation>打印队列</translation>
    </message>
    <message>
        <source>Opened by</source>
        <translation>开启指令</translation>
    </message>
    <message>
        <source>LED8 (lamps by byte)</source>
        <translation>LED8（字节控制灯）</translation>
    </message>
    <message>
        <source>LED8 (no lamps)</source>
        <translation>LED8（无灯）</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Drawn by the till</source>
        <translation>由收银机绘制</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Reached by</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>At the printer, or at a port of its own</source>
        <translation>接在打印机或电脑串口上</translation>
    </message>
    <message>
        <source>Chinese characters</source>
        <translation>中文编码</translation>
    </message>
    <message>
        <source>Characters in a line</source>
        <translation>每行字符数</translation>
    </message>
    <message>
        <source>Draws square codes itself</source>
        <translation>自带二维码打印</translation>
    </message>
    <message>
        <source>Cuts the paper</source>
        <translation>自动切纸</translation>
    </message>
    <message>
        <source>Drawer at pin</source>
        <translation>钱箱针脚</translation>
    </message>
    <message>
        <source>Sends before each code</source>
        <translation>条码前附加</translation>
    </message>
    <message>
        <source>Sends after each code</source>
        <translation>条码后附加</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{count} ms</source>
        <translation>{count} 毫秒</translation>
    </message>
    <message>
        <source>It types like a keyboard</source>
        <translation>像键盘一样输入</translation>
    </message>
    <message>
        <source>Longest pause between keys</source>
        <translation>按键最长间隔</translation>
    </message>
</context>
<context>
    <name>DeviceWizardView</name>
    <message>
        <source>Address, with a port after a colon where it is not 9100</source>
        <extracomment>So many devices stand under one another, with room for their names. Where something is left that could be lost by leaving.</extracomment>
        <translation>地址；端口不是 9100 时在冒号后写端口</translation>
    </message>
    <message>
        <source>SET UP A DEVICE</source>
        <translation>设备设置向导</translation>
    </message>
    <message>
        <source>Leave, change nothing</source>
        <translation>离开，不作更改</translation>
    </message>
    <message>
        <source>Saving asks for the PIN of somebody who may change settings.</source>
        <translation>保存时需要有权更改设置的人输入密码。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Print a trial page</source>
        <translation>打印试验页</translation>
    </message>
    <message>
        <source>Look for it</source>
        <translation>开始查找</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>These {count} look right</source>
        <translation>这 {count} 项正确</translation>
    </message>
    <message>
        <source>None looks right</source>
        <translation>都不对</translation>
    </message>
    <message>
        <source>I read these {count}</source>
        <translation>看到这 {count} 个</translation>
    </message>
    <message>
        <source>I read none of them</source>
        <translation>都没看到</translation>
    </message>
</context>
<context>
    <name>DevicesView</name>
    <message>
        <source>Back</source>
        <extracomment>The tabs by their keys, each with its pages; the same key again turns to the next page of its tab. Beside these the receipt is shown as it will be printed. Whoever types or turns pages sees the paper follow, and nothing is drawn for each key. The tabs have their keys on them, so the bar does not repeat them.</extracomment>
        <translation>返回</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>待打单据</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Set up a device</source>
        <translation>设备设置向导</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>重打</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>从文件导入</translation>
    </message>
    <message>
        <source>Into a file</source>
        <translation>导出到文件</translation>
    </message>
    <message>
        <source>Saving asks for the PIN of somebody who may change settings.</source>
        <translation>保存时需要有设置权限的人输入密码。</translation>
    </message>
    <message>
        <source>Printers</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Scanners</source>
        <translation>扫码枪</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客屏</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>柜台</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Stand-in</source>
        <translation>备用</translation>
    </message>
    <message>
        <source>Kitchen slips</source>
        <translation>后厨单</translation>
    </message>
    <message>
        <source>Logo, words</source>
        <translation>标志与文字</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>键盘口</translation>
    </message>
    <message>
        <source>Port of their own</source>
        <translation>独立端口</translation>
    </message>
    <message>
        <source>Chip cards</source>
        <translation>芯片卡</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>Line display</source>
        <translation>客显</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>电子秤</translation>
    </message>
    <message>
        <source>Cash drawer</source>
        <translation>钱箱</translation>
    </message>
    <message>
        <source>Take the devices from another till&apos;s file</source>
        <translation>从另一台收银机的文件导入设备设置</translation>
    </message>
    <message>
        <source>Write the devices into a file</source>
        <translation>把设备设置导出到文件</translation>
    </message>
</context>
<context>
    <name>DisplayPage</name>
    <message>
        <source>A display made of software, to practise with.</source>
        <translation>软件模拟的客显，供练习使用。</translation>
    </message>
    <message>
        <source>No line display faces the customer.</source>
        <translation>没有面向顾客的客显。</translation>
    </message>
    <message>
        <source>How the customer&apos;s display is reached</source>
        <translation>客显的连接方式</translation>
    </message>
    <message>
        <source>What it is (see its manual)</source>
        <translation>型号（见说明书）</translation>
    </message>
    <message>
        <source>LED8 (byte)</source>
        <translation>LED8 字节灯</translation>
    </message>
    <message>
        <source>LED8 (no lamp)</source>
        <translation>LED8 无灯</translation>
    </message>
    <message>
        <source>Characters per line</source>
        <translation>每行字符数</translation>
    </message>
    <message>
        <source>Latin</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Greeting while nothing is sold</source>
        <translation>空闲时的欢迎语</translation>
    </message>
    <message>
        <source>Characters it knows</source>
        <translation>支持的字符</translation>
    </message>
</context>
<context>
    <name>DonePage</name>
    <message>
        <source>Change</source>
        <translation>找零</translation>
    </message>
    <message>
        <source>Paid in full</source>
        <translation>已付清</translation>
    </message>
    <message>
        <source>Receipt number</source>
        <translation>小票号</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Kept in the balance</source>
        <translation>零钱存入</translation>
    </message>
    <message>
        <source>Balance now</source>
        <translation>储值余额</translation>
    </message>
    <message>
        <source>Points earned</source>
        <translation>本次积分</translation>
    </message>
    <message>
        <source>Points now</source>
        <translation>当前积分</translation>
    </message>
    <message>
        <source>Scan the next item, or press Enter.</source>
        <translation>直接扫下一单商品，或按回车。</translation>
    </message>
</context>
<context>
    <name>DrawerPage</name>
    <message>
        <source>The printer opens it; which pin is set with the printer.</source>
        <translation>由打印机打开；针脚在打印机页面设置。</translation>
    </message>
    <message>
        <source>A drawer made of software, to practise with.</source>
        <translation>软件模拟的钱箱，供练习使用。</translation>
    </message>
    <message>
        <source>Where the cash drawer is connected</source>
        <translation>钱箱接在哪里</translation>
    </message>
    <message>
        <source>At the printer</source>
        <translation>打印机上</translation>
    </message>
    <message>
        <source>What opens it (hexadecimal)</source>
        <translation>开箱指令（十六进制）</translation>
    </message>
    <message>
        <source>What tells whether it is open</source>
        <translation>开合状态由谁告知</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Its line is high while the drawer is</source>
        <translation>信号为高电平时钱箱</translation>
    </message>
    <message>
        <source>open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>shut</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Say so if open when a sale begins</source>
        <translation>开始收银时未关则提醒</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>If the card says open while it is shut, choose the other one. Try it with the button on the left.</source>
        <translation>如果钱箱关着而卡片显示打开，请选另一项。可用左侧按钮试开。</translation>
    </message>
</context>
<context>
    <name>EndOfDay</name>
    <message>
        <source>Sales, count</source>
        <translation>销售笔数</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>销售额</translation>
    </message>
    <message>
        <source>Refunds and voids, count</source>
        <translation>退货作废笔数</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>退货作废金额</translation>
    </message>
    <message>
        <source>Points to members</source>
        <translation>会员得积分</translation>
    </message>
    <message>
        <source>Points from members</source>
        <translation>会员用积分</translation>
    </message>
    <message>
        <source>Stored value in</source>
        <translation>储值转入</translation>
    </message>
    <message>
        <source>Stored value out</source>
        <translation>储值转出</translation>
    </message>
    <message>
        <source>Records of the day</source>
        <translation>当日记录数</translation>
    </message>
    <message>
        <source>Hash of the last record</source>
        <translation>末条校验值</translation>
    </message>
    <message>
        <source>The day is closed</source>
        <translation>今日已日结</translation>
    </message>
    <message>
        <source>The day is closed; head office is still to say</source>
        <translation>今日已日结，等待总部核对</translation>
    </message>
    <message>
        <source>Equal to the fen and the point</source>
        <translation>分文不差，积分相符</translation>
    </message>
    <message>
        <source>Equal, and some of it set aside at head office</source>
        <translation>两边一致，部分记录被总部搁置</translation>
    </message>
    <message>
        <source>Head office has other figures</source>
        <translation>与总部数字不一致</translation>
    </message>
    <message>
        <source>no head office</source>
        <translation>无总部</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待核对</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>有搁置</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>Closed while this till worked by itself</source>
        <extracomment>Sign and tone of an outcome.</extracomment>
        <translation>日结时本机独立运行</translation>
    </message>
    <message>
        <source>Head office has not been asked yet; it is made up for by itself</source>
        <translation>尚未与总部核对，联网后自动补上</translation>
    </message>
    <message>
        <source>Head office asked at {time}</source>
        <translation>与总部核对于 {time}</translation>
    </message>
</context>
<context>
    <name>EndOfDayView</name>
    <message>
        <source>Sending and fetching</source>
        <extracomment>Wider, a figure and its name are too far apart for the eye.</extracomment>
        <translation>正在上传和下载</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>重打</translation>
    </message>
    <message>
        <source>Z report</source>
        <translation>Z 报表</translation>
    </message>
    <message>
        <source>Closed days</source>
        <translation>往日日结</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新核对</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>交班</translation>
    </message>
    <message>
        <source>Next or previous face value</source>
        <translation>上一个或下一个面额</translation>
    </message>
    <message>
        <source>Scroll</source>
        <translation>滚动</translation>
    </message>
    <message>
        <source>Close shift {number}</source>
        <translation>第 {number} 班交班</translation>
    </message>
    <message>
        <source>Count every note and coin in the drawer. What should be there is shown afterwards.</source>
        <translation>请清点钱箱里所有的纸币和硬币，应有金额点完后才显示。</translation>
    </message>
    <message>
        <source>The day is being closed</source>
        <translation>正在日结</translation>
    </message>
    <message>
        <source>End the day</source>
        <translation>结束营业</translation>
    </message>
    <message>
        <source>No shift is open: the drawer is counted already.</source>
        <translation>没有未交的班次，钱箱已经清点。</translation>
    </message>
    <message>
        <source>Shift {number} of {name} is open since {since}. Its drawer is counted first.</source>
        <translation>{name} 的第 {number} 班自 {since} 起未交班，先清点钱箱。</translation>
    </message>
    <message>
        <source>Then the till sends what head office has not yet and compares the day with it, figure by figure. Without a line the day closes all the same, and this is made up for by itself.</source>
        <translation>随后上传总部还没有的记录，并逐项与总部核对。没有网络也照样日结，联网后自动补上。</translation>
    </message>
    <message>
        <source>The Z report closes the day: it is numbered and final.</source>
        <translation>Z 报表结束当日营业：连续编号，不可更改。</translation>
    </message>
    <message>
        <source>Head office has everything and books it</source>
        <translation>总部已全部收到，正在入账</translation>
    </message>
    <message>
        <source>Head office is asked</source>
        <translation>正在联系总部</translation>
    </message>
    <message>
        <source>Records sent</source>
        <translation>已上传记录</translation>
    </message>
    <message>
        <source>Z {number} is closed and safe in this till. Nothing is lost by not waiting: what is left goes on by itself, and the sheet says what it was.</source>
        <translation>Z {number} 已日结，完整保存在本机。不等也不会丢：剩下的自动继续，单子上会写明。</translation>
    </message>
    <message>
        <source>Z {number}</source>
        <translation>Z {number}</translation>
    </message>
    <message>
        <source>The closed days cannot be read</source>
        <translation>无法读取往日日结</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>No day is closed yet</source>
        <translation>还没有日结过</translation>
    </message>
    <message>
        <source>Do not wait</source>
        <translation>不等了</translation>
    </message>
    <message>
        <source>Done, log out</source>
        <translation>完成并退出登录</translation>
    </message>
    <message>
        <source>Look at this day</source>
        <translation>查看这一天</translation>
    </message>
</context>
<context>
    <name>Gains</name>
    <message>
        <source>won {prize}</source>
        <translation>抽中 {prize}</translation>
    </message>
    <message>
        <source>New coupon</source>
        <translation>新得优惠券</translation>
    </message>
    <message>
        <source>Membership</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>{day} 到期</translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation>剩 {count}</translation>
    </message>
    <message>
        <source>Gift card *{tail}</source>
        <translation>礼品卡 *{tail}</translation>
    </message>
</context>
<context>
    <name>Gifts</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} 积分</translation>
    </message>
    <message>
        <source>{amount} in the balance</source>
        <translation>余额 {amount}</translation>
    </message>
    <message>
        <source>{count} uses of {name}</source>
        <translation>{name} {count} 次</translation>
    </message>
    <message>
        <source>{name}: {what}</source>
        <translation>{name}：{what}</translation>
    </message>
</context>
<context>
    <name>GoodsView</name>
    <message>
        <source>Categories</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Code, phone or 3*</source>
        <translation>条码、手机号或 3*</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Touch what is bought.</source>
        <translation>点选商品。</translation>
    </message>
    <message>
        <source>Back to the basket</source>
        <translation>返回购物车</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>结账</translation>
    </message>
    <message>
        <source>Items: {count}</source>
        <translation>件数：{count}</translation>
    </message>
    <message>
        <source>Price typed</source>
        <translation>输入价格</translation>
    </message>
</context>
<context>
    <name>HeadOfficeView</name>
    <message>
        <source>Head office</source>
        <translation>总部</translation>
    </message>
    <message>
        <source>Balances and goods as of</source>
        <translation>余额与商品截至</translation>
    </message>
    <message>
        <source>Records to be sent</source>
        <translation>待上传记录</translation>
    </message>
    <message>
        <source>Changes to be fetched</source>
        <translation>待下载变更</translation>
    </message>
    <message>
        <source>FOR THE MANAGER</source>
        <translation>店长待办</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>没有需要处理的事项。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Closed days</source>
        <translation>往日日结</translation>
    </message>
    <message>
        <source>Join a head office</source>
        <translation>加入总部</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>正在上传</translation>
    </message>
    <message>
        <source>Members and goods are coming in</source>
        <translation>正在下载会员和商品</translation>
    </message>
    <message>
        <source>This till works by itself</source>
        <translation>本机独立运行</translation>
    </message>
    <message>
        <source>It belongs to no head office: all books, members and goods are kept here.</source>
        <translation>未加入总部：账目、会员和商品都保存在本机。</translation>
    </message>
    <message>
        <source>Offline: selling goes on</source>
        <translation>离线：照常收银</translation>
    </message>
    <message>
        <source>Serve customers as always. What is sold goes up by itself when the line is back.</source>
        <translation>照常接待顾客。恢复联网后，销售记录自动上传。</translation>
    </message>
    <message>
        <source>Catching up with head office</source>
        <translation>正在与总部同步</translation>
    </message>
    <message>
        <source>Serve customers as always; this goes on behind the counter.</source>
        <translation>照常接待顾客，同步在后台进行。</translation>
    </message>
    <message>
        <source>In step with head office</source>
        <translation>已与总部同步</translation>
    </message>
    <message>
        <source>What is sold here is there, and what was changed there is here.</source>
        <translation>本机的销售总部都有，总部的变更本机也都有。</translation>
    </message>
    <message>
        <source>Head office has something for the manager</source>
        <translation>总部有事项请店长处理</translation>
    </message>
    <message>
        <source>Serve customers as always, unless it says otherwise below. The manager sees to it.</source>
        <translation>除非下面另有说明，照常接待顾客，由店长处理。</translation>
    </message>
</context>
<context>
    <name>HelpView</name>
    <message>
        <source>Keys here</source>
        <translation>本页按键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The obvious next step</source>
        <translation>进行下一步</translation>
    </message>
    <message>
        <source>One step back; nothing is lost</source>
        <translation>返回上一步，内容不丢</translation>
    </message>
    <message>
        <source>The next field or button</source>
        <translation>下一个输入框或按钮</translation>
    </message>
    <message>
        <source>This help</source>
        <translation>本帮助</translation>
    </message>
</context>
<context>
    <name>JoinView</name>
    <message>
        <source>Join a head office</source>
        <extracomment>Coming back and having joined are one page: only a part of its words changes.</extracomment>
        <translation>加入总部</translation>
    </message>
    <message>
        <source>Address of head office</source>
        <translation>总部地址</translation>
    </message>
    <message>
        <source>One-time code, good for ten minutes</source>
        <translation>一次性加入码，十分钟内有效</translation>
    </message>
    <message>
        <source>Head office is asked</source>
        <translation>正在联系总部</translation>
    </message>
    <message>
        <source>It makes sure of the certificate first, then of the code.</source>
        <translation>先核实证书，再核实加入码。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>To the next box, then join</source>
        <translation>到下一栏，然后加入</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Go on fetching</source>
        <translation>继续取回</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>Head office makes the code for one till. Type both, or scan the square code it shows. You can sell at once; members and goods come in behind.</source>
        <translation>加入码由总部为一台收银机生成。请输入地址和加入码，或扫描总部显示的二维码。加入后即可收银，会员和商品在后台下载。</translation>
    </message>
    <message>
        <source>The {count} records of this till go up and stay its own; members with the same phone become one. From then on goods, prices, rules and staff come from head office. This cannot be taken back.</source>
        <translation>本机的 {count} 条记录将上传并保留；手机号相同的会员合并为一人。此后商品、价格、方案和员工由总部下发。加入后不可撤回。</translation>
    </message>
    <message>
        <source>This is till {number} of {store}</source>
        <translation>本机是 {store} 的 {number} 号机</translation>
    </message>
    <message>
        <source>It stands in for a till before it: {count} records come back from head office. Selling begins when all are here, because receipt numbers, shifts and closings go on from them. If the line breaks, what came is kept.</source>
        <translation>本机接替前一台收银机：{count} 条记录正从总部取回。全部到齐后才能卖货，因为小票号、班次和日结都要接着它们往下走。网络断了也不要紧，已取回的会留着。</translation>
    </message>
    <message>
        <source>The {count} records of the till before it are back.</source>
        <translation>前一台收银机的 {count} 条记录已全部取回。</translation>
    </message>
    <message>
        <source>When head office last heard of that till, everything was sent. What it sold after that is not here: its receipts and its last sheet say what it was.</source>
        <translation>总部最后一次收到那台机器的消息时，它的记录已全部上传。之后它卖了什么，这里没有：可从它的小票和最后一张日结单查到。</translation>
    </message>
    <message>
        <source>Not sent by that till, as far as head office heard: {count} records. They are not here. Give its receipts and its last sheet to whoever keeps the books. If the machine turns up, do not sell with it: export its journal, and give head office the file.</source>
        <translation>据总部所知，那台机器还有 {count} 条记录没有上传，这里没有。请把它的小票和最后一张日结单交给记账的人。若那台机器找到了，不要用它卖货：导出它的流水，把文件交给总部。</translation>
    </message>
    <message>
        <source>You can sell at once. A member who is not here yet is signed up by phone; both become one later.</source>
        <translation>现在就可以收银。本机还没有的会员可用手机号登记，之后自动合并。</translation>
    </message>
    <message>
        <source>Log in with the name and the PIN that head office gave you.</source>
        <translation>请用总部分配的姓名和密码登录。</translation>
    </message>
    <message>
        <source>The books are coming back</source>
        <translation>正在取回账本</translation>
    </message>
    <message>
        <source>Members and goods are coming in</source>
        <translation>正在下载会员和商品</translation>
    </message>
</context>
<context>
    <name>LetterPad</name>
    <message>
        <source>Delete the last letter</source>
        <translation>删除最后一个字符</translation>
    </message>
</context>
<context>
    <name>LineEditView</name>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>折扣</translation>
    </message>
    <message>
        <source>% off</source>
        <translation>减 %</translation>
    </message>
    <message>
        <source>¥ off</source>
        <translation>减 ¥</translation>
    </message>
    <message>
        <source>THIS LINE</source>
        <translation>本行</translation>
    </message>
    <message>
        <source>WHOLE SALE</source>
        <translation>整单</translation>
    </message>
    <message>
        <source>REASON</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Somebody who may do this is asked for their PIN next.</source>
        <translation>下一步需有权限的人输入密码。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Remove line</source>
        <translation>删除本行</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Price override</source>
        <translation>改价</translation>
    </message>
    <message>
        <source>Enter takes the weight on the scale; or type it.</source>
        <translation>回车取秤上重量，也可手输。</translation>
    </message>
    <message>
        <source>F3 takes the weight on the scale; or type it.</source>
        <translation>F3 取秤上重量，也可手输。</translation>
    </message>
    <message>
        <source>How many, or the weight.</source>
        <translation>输入件数或重量。</translation>
    </message>
    <message>
        <source>The new price of one.</source>
        <translation>输入新的单价。</translation>
    </message>
    <message>
        <source>10 takes ten per cent off.</source>
        <translation>输入 10 即减 10%（九折）。</translation>
    </message>
    <message>
        <source>The amount to take off.</source>
        <translation>输入减去的金额。</translation>
    </message>
</context>
<context>
    <name>LinesPanel</name>
    <message>
        <source>comes back</source>
        <translation>退</translation>
    </message>
    <message>
        <source>How much comes back</source>
        <translation>退货数量</translation>
    </message>
    <message>
        <source>Lines of the sale</source>
        <translation>原单商品</translation>
    </message>
    <message>
        <source>bought {quantity}</source>
        <translation>购买 {quantity}</translation>
    </message>
    <message>
        <source>{bought}  ·  came back already</source>
        <translation>{bought}  ·  已退完</translation>
    </message>
    <message>
        <source>{bought}  ·  {left} can still come back</source>
        <translation>{bought}  ·  还可退 {left}</translation>
    </message>
    <message>
        <source>back: {quantity}</source>
        <translation>退 {quantity}</translation>
    </message>
    <message>
        <source>of {quantity}</source>
        <translation>可退 {quantity}</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
</context>
<context>
    <name>LoginView</name>
    <message>
        <source>Guitai</source>
        <translation>柜台</translation>
    </message>
    <message>
        <source>Type your PIN. A badge with your number chooses the name.</source>
        <translation>请输入密码。扫工号牌可以选人。</translation>
    </message>
    <message>
        <source>中文</source>
        <comment>offers the other language, in that language</comment>
        <translation>English</translation>
    </message>
    <message>
        <source>Light / dark</source>
        <translation>浅色 / 深色</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Who is at the till</source>
        <translation>收银员</translation>
    </message>
    <message>
        <source>Who agrees to going on with the older copy? Names and PINs are the copy&apos;s.</source>
        <translation>谁批准用这份旧账继续？姓名和密码以旧账里的为准。</translation>
    </message>
    <message>
        <source>Open shift: {name}, since {time}</source>
        <translation>当班：{name}，{time} 开班</translation>
    </message>
    <message>
        <source>No shift is open.</source>
        <translation>尚未开班。</translation>
    </message>
    <message>
        <source>The books are coming back</source>
        <translation>正在取回账本</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>Who is at the till?</source>
        <translation>请选择收银员</translation>
    </message>
    <message>
        <source>Store manager</source>
        <translation>店长</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>收银员</translation>
    </message>
    <message>
        <source>These books are an older copy.</source>
        <translation>这是一份旧账本。</translation>
    </message>
    <message>
        <source>This till has done more than they know: a backup was put in their place. Is there a newer copy? Then put it back and try again. Or go on with this one, if the manager agrees: what was sold after the copy was made is not in it. Head office keeps what it has of that; what nobody else has is gone.</source>
        <translation>本机做过的比这份账多：账本被换成了备份。若有更新的账本，请放回去再试。店长同意的话，也可以用这份继续：备份之后卖的不在里面。总部已有的仍在总部，只在本机的就没有了。</translation>
    </message>
    <message>
        <source>Go on with this copy</source>
        <translation>用这份旧账继续</translation>
    </message>
    <message>
        <source>This copy knows nobody who may agree.</source>
        <translation>这份旧账里没有能批准的人。</translation>
    </message>
    <message>
        <source>Put another copy back, or call support.</source>
        <translation>请换一份账本放回去，或联系技术支持。</translation>
    </message>
    <message>
        <source>The books of the till before this one come back from head office.</source>
        <translation>正从总部取回前一台收银机的账本。</translation>
    </message>
    <message>
        <source>Selling begins when all are here. If the line breaks, what came is kept.</source>
        <translation>全部到齐后才能卖货。网络断了也不要紧，已取回的会留着。</translation>
    </message>
    <message>
        <source>The staff come in from head office.</source>
        <translation>正在从总部下载员工名单。</translation>
    </message>
    <message>
        <source>In a moment; head office is asked again and again.</source>
        <translation>请稍候，会自动反复联系总部。</translation>
    </message>
    <message>
        <source>Reading the staff…</source>
        <translation>正在读取员工…</translation>
    </message>
    <message>
        <source>The staff could not be read.</source>
        <translation>员工资料读不出来。</translation>
    </message>
    <message>
        <source>The till&apos;s data did not open. Try again; if it stays so, call support.</source>
        <translation>收银机的数据打不开。请重试；仍然不行请联系技术支持。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nobody is known here yet.</source>
        <translation>还没有员工。</translation>
    </message>
    <message>
        <source>Set the till up, or join it to head office.</source>
        <translation>请先设置本机，或接入总部。</translation>
    </message>
</context>
<context>
    <name>MemberCaptureView</name>
    <message>
        <source>New member</source>
        <translation>新会员</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>ALL THIS CAN WAIT</source>
        <translation>以下均可以后再补</translation>
    </message>
    <message>
        <source>Scan a card</source>
        <translation>扫会员卡</translation>
    </message>
    <message>
        <source>Phone of who brought them</source>
        <translation>推荐人的手机号</translation>
    </message>
    <message>
        <source>Ms</source>
        <translation>女士</translation>
    </message>
    <message>
        <source>Mr</source>
        <translation>先生</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>不填</translation>
    </message>
    <message>
        <source>Yes, messages</source>
        <translation>接收短信</translation>
    </message>
    <message>
        <source>No</source>
        <translation>不接收</translation>
    </message>
    <message>
        <source>The number is enough. Points count from this sale.</source>
        <translation>只填手机号即可，本单起就积分。</translation>
    </message>
    <message>
        <source>Use this member</source>
        <translation>使用此会员</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Sign up</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Birthday</source>
        <translation>生日</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>会员卡</translation>
    </message>
    <message>
        <source>Referrer</source>
        <translation>推荐人</translation>
    </message>
    <message>
        <source>Form of address</source>
        <translation>称呼</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>短信</translation>
    </message>
</context>
<context>
    <name>MemberPanel</name>
    <message>
        <source>Looking for the member…</source>
        <extracomment>Lists of the benefits sheet that are a touch away, by their keys there.</extracomment>
        <translation>正在查找会员…</translation>
    </message>
    <message>
        <source>Members cannot be read now.</source>
        <translation>会员资料暂时读不出来。</translation>
    </message>
    <message>
        <source>Selling goes on; points can be added later from the receipt.</source>
        <translation>照常收银，积分以后可凭小票补。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>No member</source>
        <translation>非会员</translation>
    </message>
    <message>
        <source>Scan the card, or type the phone number or its last four digits.</source>
        <translation>扫会员卡，或输入手机号或后四位。</translation>
    </message>
    <message>
        <source>{points} points expire within {days} days</source>
        <translation>{days} 天内有 {points} 积分到期</translation>
    </message>
    <message>
        <source>This sale earns {points} points</source>
        <translation>本单可得 {points} 积分</translation>
    </message>
    <message>
        <source>Often buys: {goods}</source>
        <translation>常买：{goods}</translation>
    </message>
    <message>
        <source>{missing} to {tier}</source>
        <translation>差 {missing} 升{tier}</translation>
    </message>
    <message>
        <source>Highest tier</source>
        <translation>已是最高等级</translation>
    </message>
    <message>
        <source>until {day}; {missing} to keep it</source>
        <translation>至 {day}，保级还差 {missing}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>至 {day}</translation>
    </message>
    <message>
        <source>{amount} more</source>
        <translation>{amount}</translation>
    </message>
    <message>
        <source>{visits} more visits</source>
        <translation>{visits} 次到店</translation>
    </message>
    <message>
        <source>{points} more points</source>
        <translation>{points} 积分</translation>
    </message>
    <message>
        <source>Last visit {day}</source>
        <translation>上次来 {day}</translation>
    </message>
    <message>
        <source>Birthday {day}</source>
        <translation>生日 {day}</translation>
    </message>
    <message>
        <source>Birthday near: {day}</source>
        <translation>生日就在这几天：{day}</translation>
    </message>
    <message>
        <source>Head office as of {when}</source>
        <translation>总部数据截至 {when}</translation>
    </message>
    <message>
        <source>and one own sale it has not counted yet</source>
        <translation>另有本机 1 笔尚未计入总部，已算在内</translation>
    </message>
    <message>
        <source>and {count} own sales it has not counted yet</source>
        <translation>另有本机 {count} 笔尚未计入总部，已算在内</translation>
    </message>
    <message>
        <source>{amount} short</source>
        <translation>差 {amount}</translation>
    </message>
    <message>
        <source>MEMBER</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>Find member   F2</source>
        <translation>找会员   F2</translation>
    </message>
    <message>
        <source>New member</source>
        <translation>新会员</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>取消会员</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>Usable now as</source>
        <translation>现可抵</translation>
    </message>
    <message>
        <source>Stored value</source>
        <translation>储值</translation>
    </message>
    <message>
        <source>Coupons</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>充值</translation>
    </message>
    <message>
        <source>Gifts</source>
        <translation>兑换</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>卡项</translation>
    </message>
</context>
<context>
    <name>MemberSearchPresenter</name>
    <message>
        <source>frozen</source>
        <extracomment>Typing is let settle this long before members are asked for.</extracomment>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已注销</translation>
    </message>
    <message>
        <source>temporary</source>
        <translation>临时</translation>
    </message>
</context>
<context>
    <name>MemberSearchView</name>
    <message>
        <source>Find a member</source>
        <translation>找会员</translation>
    </message>
    <message>
        <source>Phone, last four digits, card, name or initials</source>
        <translation>手机号、后四位、卡号、姓名或拼音首字母</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>New member</source>
        <translation>新会员</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选定</translation>
    </message>
    <message>
        <source>Last visit {day}</source>
        <translation>上次来 {day}</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} 积分</translation>
    </message>
    <message>
        <source>There are more: type another digit or letter.</source>
        <translation>还有更多，请再输入一位。</translation>
    </message>
    <message>
        <source>↑ ↓ choose</source>
        <translation>↑ ↓ 选择</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Members cannot be read now.</source>
        <translation>会员资料暂时读不出来。</translation>
    </message>
    <message>
        <source>Selling goes on without a member.</source>
        <translation>可先按非会员收银。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>No member found</source>
        <translation>没有找到会员</translation>
    </message>
    <message>
        <source>Check the number, or sign the customer up in ten seconds.</source>
        <translation>请核对号码，或十秒登记为新会员。</translation>
    </message>
    <message>
        <source>Type or scan</source>
        <translation>请输入或扫码</translation>
    </message>
    <message>
        <source>Four digits are enough.</source>
        <translation>四位数字就够。</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>That is not an amount. Type it like 12.50.</source>
        <translation>这不是金额，请按 12.50 的样子输入。</translation>
    </message>
    <message>
        <source>An amount has two decimals at most.</source>
        <translation>金额最多两位小数。</translation>
    </message>
    <message>
        <source>That amount is too large. Check the figures.</source>
        <translation>金额太大，请核对数字。</translation>
    </message>
    <message>
        <source>An amount cannot be less than nothing here.</source>
        <translation>这里的金额不能是负数。</translation>
    </message>
    <message>
        <source>Type an amount: nothing was entered.</source>
        <translation>请输入金额。</translation>
    </message>
    <message>
        <source>A price cannot be less than nothing.</source>
        <translation>价格不能是负数。</translation>
    </message>
    <message>
        <source>A discount lies between 0 and 100 %.</source>
        <translation>折扣须在 0 到 100 % 之间。</translation>
    </message>
    <message>
        <source>{name} is never reduced, so no discount can be given on it.</source>
        <translation>{name} 不参加打折，不能改折扣。</translation>
    </message>
    <message>
        <source>That is not a quantity. Type it like 3 or 0.285.</source>
        <translation>这不是数量，请按 3 或 0.285 的样子输入。</translation>
    </message>
    <message>
        <source>A quantity must be more than 0 and at most {limit}.</source>
        <translation>数量须大于 0，最多 {limit}。</translation>
    </message>
    <message>
        <source>A quantity has three decimals at most.</source>
        <translation>数量最多三位小数。</translation>
    </message>
    <message>
        <source>{name} is sold by the piece. Type a whole number.</source>
        <translation>{name} 按件出售，请输入整数。</translation>
    </message>
    <message>
        <source>Scan or type something first.</source>
        <translation>请先扫码或输入。</translation>
    </message>
    <message>
        <source>That is too much for one code. Scan again.</source>
        <translation>内容太长，不是一个条码，请重新扫描。</translation>
    </message>
    <message>
        <source>The code was read with odd characters in it. Scan it again.</source>
        <translation>条码里有异常字符，请重新扫描。</translation>
    </message>
    <message>
        <source>The code was read wrongly. Scan it again.</source>
        <translation>条码读错了，请重新扫描。</translation>
    </message>
    <message>
        <source>That is a payment code. Press F9 first, then scan it as payment.</source>
        <translation>这是付款码。请先按 F9 结账，再扫付款码。</translation>
    </message>
    <message>
        <source>That is no member&apos;s card or code. Scan the card, or type the phone number.</source>
        <translation>这不是会员卡或会员码。请扫会员卡，或输入手机号。</translation>
    </message>
    <message>
        <source>That is a bank card. Use it at the card terminal; nothing of it was kept here.</source>
        <translation>这是银行卡，请在刷卡机上刷；这里没有保存卡上的任何信息。</translation>
    </message>
    <message>
        <source>The card was not read. Swipe it again, evenly, with the stripe the right way round.</source>
        <translation>卡没有读出来。请看好磁条方向，匀速再刷一次。</translation>
    </message>
    <message>
        <source>This member code is not genuine. Ask for the phone number instead.</source>
        <translation>这个会员码不是真的。请改用手机号查会员。</translation>
    </message>
    <message>
        <source>This member code is of another shop. Ask for the phone number instead.</source>
        <translation>这是别家的会员码。请改用手机号查会员。</translation>
    </message>
    <message>
        <source>This member code has run out. Ask the member to open it anew, and scan it again.</source>
        <translation>会员码已过期。请会员刷新后再扫一次。</translation>
    </message>
    <message>
        <source>This member code is of the future: the clock of this till is slow. Ask for the phone number.</source>
        <translation>会员码的时间在将来：本机时钟慢了。请改用手机号查会员。</translation>
    </message>
    <message>
        <source>The label could not be read. Scan it again, or type the item number.</source>
        <translation>秤签读不出来，请重扫，或输入货号。</translation>
    </message>
    <message>
        <source>Nothing found. Check the spelling, or scan the code.</source>
        <translation>没有找到。请检查输入，或直接扫码。</translation>
    </message>
    <message>
        <source>No item has the code {code}. Scan again, or type the name.</source>
        <translation>没有条码为 {code} 的商品。请重扫，或输入品名。</translation>
    </message>
    <message>
        <source>{name} is not sold any more.</source>
        <translation>{name} 已停售。</translation>
    </message>
    <message>
        <source>The price of item {product} cannot be right. Tell the manager.</source>
        <translation>商品 {product} 的价格有误，请告知店长。</translation>
    </message>
    <message>
        <source>The tax rate of item {product} cannot be right. Tell the manager.</source>
        <translation>商品 {product} 的税率有误，请告知店长。</translation>
    </message>
    <message>
        <source>There is no line yet. Scan an item first.</source>
        <translation>还没有商品，请先扫码。</translation>
    </message>
    <message>
        <source>The sale has {limit} lines, more do not fit. Take payment and begin another.</source>
        <translation>本单已有 {limit} 行，放不下了。请先结账，再开新单。</translation>
    </message>
    <message>
        <source>That line is not in the sale any more.</source>
        <translation>这一行已不在本单里。</translation>
    </message>
    <message>
        <source>What the programme sells has its price. Remove the line if it is not wanted.</source>
        <translation>会员方案里的项目价格是定好的。不要了就删掉这一行。</translation>
    </message>
    <message>
        <source>This membership cannot be bought now, or costs something else today. Take it out and add it again.</source>
        <translation>这种会员现在不能购买，或今天的价格已经不同。请删去该行后重新添加。</translation>
    </message>
    <message>
        <source>A membership is bought by a member. Find the member first.</source>
        <translation>会员期限只能由会员购买，请先找到会员。</translation>
    </message>
    <message>
        <source>The amount of a weighed label is fixed. Remove the line and scan the label again.</source>
        <translation>秤签上的金额不能改。请删除该行，重新扫秤签。</translation>
    </message>
    <message>
        <source>No item has this code. Scan again, or type the name.</source>
        <translation>没有这个条码的商品。请重扫，或输入品名。</translation>
    </message>
    <message>
        <source>The code {code} was read wrongly. Scan it again.</source>
        <translation>条码 {code} 读错了，请重新扫描。</translation>
    </message>
    <message>
        <source>The sale is on hold. F6 brings it back.</source>
        <translation>本单已挂起，按 F6 取回。</translation>
    </message>
    <message>
        <source>Removed: {name}.</source>
        <translation>已删除：{name}。</translation>
    </message>
    <message>
        <source>That is not a discount. Type it like 10 or 9.5.</source>
        <translation>这不是折扣，请按 10 或 9.5 的样子输入。</translation>
    </message>
    <message>
        <source>A sale is open. Take payment or hold it first.</source>
        <translation>还有一单没结。请先结账或挂单。</translation>
    </message>
    <message>
        <source>The open sale is back, as it was.</source>
        <translation>未结的单已恢复。</translation>
    </message>
    <message>
        <source>Added: {name}.</source>
        <translation>已加入：{name}。</translation>
    </message>
    <message>
        <source>The next item counts {quantity} times.</source>
        <translation>下一件商品按 {quantity} 份计。</translation>
    </message>
    <message>
        <source>Wrong PIN. Try again; tries left: {tries_left}.</source>
        <translation>密码不对，请重试；还可以试 {tries_left} 次。</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Locked for {minutes} min; ask the manager if it is urgent.</source>
        <translation>密码错误次数太多，已锁定 {minutes} 分钟；急用请找店长。</translation>
    </message>
    <message>
        <source>This person has no PIN yet. The manager can set one.</source>
        <translation>此人还没有密码，请店长设置。</translation>
    </message>
    <message>
        <source>This person does not work here any more. Choose another name.</source>
        <translation>此人已不在职，请选其他人。</translation>
    </message>
    <message>
        <source>Nobody is logged in. Log in first.</source>
        <translation>还没有登录，请先登录。</translation>
    </message>
    <message>
        <source>{name} is logged out. The open sale is kept.</source>
        <translation>{name} 已退出，未结的单已保留。</translation>
    </message>
    <message>
        <source>You may not do this alone: {permission}. Somebody who may has to type their PIN.</source>
        <translation>您没有权限：{permission}。请有权限的人输入密码。</translation>
    </message>
    <message>
        <source>This person may not approve it either. Choose another name.</source>
        <translation>此人也没有权限，请选其他人。</translation>
    </message>
    <message>
        <source>Approved by {name}.</source>
        <translation>{name} 已授权。</translation>
    </message>
    <message>
        <source>Training: nothing is sold, nothing is booked.</source>
        <translation>练习模式：不是真的销售，不记账。</translation>
    </message>
    <message>
        <source>Training is over. From now on everything counts.</source>
        <translation>练习结束，从现在起都算数。</translation>
    </message>
    <message>
        <source>This member&apos;s data is not here. Search again, or go on without a member.</source>
        <translation>没有这位会员的资料。请重新查找，或按非会员继续。</translation>
    </message>
    <message>
        <source>No member found. Check the number, or sign the customer up.</source>
        <translation>没有找到会员。请核对号码，或为顾客办卡。</translation>
    </message>
    <message>
        <source>This phone number is a member&apos;s already.</source>
        <translation>这个手机号已是会员。</translation>
    </message>
    <message>
        <source>A member needs a phone number or a card.</source>
        <translation>会员须有手机号或会员卡。</translation>
    </message>
    <message>
        <source>New member: {name}. Points count from this sale.</source>
        <translation>新会员：{name}，本单起积分。</translation>
    </message>
    <message>
        <source>The card now belongs to {name}.</source>
        <translation>这张卡已绑定给 {name}。</translation>
    </message>
    <message>
        <source>No member has this card. Search by phone, or bind the card to a member.</source>
        <translation>没有会员使用这张卡。请按手机号查找，或把卡绑定给会员。</translation>
    </message>
    <message>
        <source>This card belongs to another member.</source>
        <translation>这张卡属于另一位会员。</translation>
    </message>
    <message>
        <source>That is not a card number: letters and digits, at most 40.</source>
        <translation>这不是会员卡号：只能是字母和数字，最多 40 位。</translation>
    </message>
    <message>
        <source>That is not a phone number. A mobile number has 11 digits.</source>
        <translation>这不是手机号，手机号是 11 位。</translation>
    </message>
    <message>
        <source>The name is too long. Use at most {limit} characters.</source>
        <translation>姓名太长，最多 {limit} 个字。</translation>
    </message>
    <message>
        <source>That is not a day. Type it like 11-25 or 1990-11-25.</source>
        <translation>这不是日期，请按 11-25 或 1990-11-25 的样子输入。</translation>
    </message>
    <message>
        <source>The member has too few points: {missing} are missing.</source>
        <translation>会员积分不够，还差 {missing} 分。</translation>
    </message>
    <message>
        <source>A PIN has {least} to {most} digits.</source>
        <translation>密码须为 {least} 到 {most} 位数字。</translation>
    </message>
    <message>
        <source>Training begins after the PIN. Nothing you do then is booked.</source>
        <translation>输入密码后进入练习，其间不记账。</translation>
    </message>
    <message>
        <source>No training: after the PIN everything counts.</source>
        <translation>不练习：输入密码后都算数。</translation>
    </message>
    <message>
        <source>The two PINs are not the same. Type them again.</source>
        <translation>两次密码不一致，请重新输入。</translation>
    </message>
    <message>
        <source>No member has the phone number of whoever brought them. Check it, or leave it empty.</source>
        <translation>没有找到推荐人的手机号。请核对，或留空。</translation>
    </message>
    <message>
        <source>A PIN is needed for this.</source>
        <translation>这里需要密码。</translation>
    </message>
    <message>
        <source>This needs the PIN of someone who may do it.</source>
        <translation>需要有权限的人输入密码。</translation>
    </message>
    <message>
        <source>Not saved: {reason}. Nothing was sold; mend it and try again.</source>
        <translation>没有保存：{reason}。没有成交；排除后请重试。</translation>
    </message>
    <message>
        <source>The books cannot be read: {reason}. Try again; if it stays so, call support.</source>
        <translation>账本读不出来：{reason}。请重试；仍不行请联系技术支持。</translation>
    </message>
    <message>
        <source>It is not known whether the disk kept it: {reason}. Restart the till before going on; it will say.</source>
        <translation>不确定是否已写入磁盘：{reason}。请先重启收银机再继续，重启后会说明。</translation>
    </message>
    <message>
        <source>It is in the books after all. Do not do it again.</source>
        <translation>其实已经入账，请不要重做。</translation>
    </message>
    <message>
        <source>The till is running already. Use the window that is open.</source>
        <translation>收银程序已在运行，请使用已打开的窗口。</translation>
    </message>
    <message>
        <source>The till&apos;s books are damaged. Do not go on selling here; call support.</source>
        <translation>本机账本已损坏。请勿继续在本机销售，联系技术支持。</translation>
    </message>
    <message>
        <source>The till&apos;s books are gone. Do not go on selling here; call support.</source>
        <translation>本机账本不见了。请勿继续在本机销售，联系技术支持。</translation>
    </message>
    <message>
        <source>The key does not fit the till&apos;s books. Call support.</source>
        <translation>密钥与本机账本不符，请联系技术支持。</translation>
    </message>
    <message>
        <source>These books belong to another till. Call support.</source>
        <translation>这个账本属于另一台收银机，请联系技术支持。</translation>
    </message>
    <message>
        <source>These books were written by a newer Guitai (version {found}, known: {known}). Update first.</source>
        <translation>账本由更新版本的柜台写成（版本 {found}，本机认识 {known}），请先升级。</translation>
    </message>
    <message>
        <source>The shop&apos;s data was not saved: {reason}. Mend it and try again.</source>
        <translation>门店资料没有保存：{reason}。排除后请重试。</translation>
    </message>
    <message>
        <source>The shop&apos;s data cannot be read: {reason}. Try again; if it stays so, call support.</source>
        <translation>门店资料读不出来：{reason}。请重试；仍不行请联系技术支持。</translation>
    </message>
    <message>
        <source>The shop&apos;s data is damaged. It can be built anew; call support.</source>
        <translation>门店资料已损坏，可以重建，请联系技术支持。</translation>
    </message>
    <message>
        <source>The key does not fit the shop&apos;s data. It can be built anew; call support.</source>
        <translation>密钥与门店资料不符，可以重建，请联系技术支持。</translation>
    </message>
    <message>
        <source>The shop&apos;s data belongs to another till. It can be built anew; call support.</source>
        <translation>门店资料属于另一台收银机，可以重建，请联系技术支持。</translation>
    </message>
    <message>
        <source>The shop&apos;s data from head office cannot be put in place: another program holds the file.</source>
        <translation>总部下发的数据无法启用：文件被其他程序占用。</translation>
    </message>
    <message>
        <source>The books from head office do not fit together at record {seq}. Nothing is sold here; call support.</source>
        <translation>从总部取回的账目在第 {seq} 条对不上。请勿在此收银，并联系技术支持。</translation>
    </message>
    <message>
        <source>The books from head office were written by a newer Guitai ({kind}). Update, then try again.</source>
        <translation>从总部取回的账目由更新版本的柜台写成（{kind}）。请先更新再试。</translation>
    </message>
    <message>
        <source>Head office sent something that cannot be read here ({kind}). Update Guitai; selling goes on.</source>
        <translation>总部下发的内容这里读不懂（{kind}）。请更新柜台，收银不受影响。</translation>
    </message>
    <message>
        <source>Goods, programme and staff of this till come from head office. Change them there.</source>
        <translation>这台收银机的商品、会员方案和员工由总部管理，请在总部修改。</translation>
    </message>
    <message>
        <source>That code presses a key at another till only. Use this shop&apos;s sheet: Devices, Scanner, Print key codes.</source>
        <translation>这张按键码不是本店的。请用本店打印的：设备 → 扫码枪 → 打印扫码按键。</translation>
    </message>
    <message>
        <source>The till&apos;s key cannot be read. Call support.</source>
        <translation>本机密钥读不出来，请联系技术支持。</translation>
    </message>
    <message>
        <source>This system keeps no secrets, so the key lies in a file. Let nobody copy the data folder.</source>
        <translation>本系统没有保管密钥的地方，密钥放在文件里。请勿让他人复制数据文件夹。</translation>
    </message>
    <message>
        <source>The till&apos;s key is gone. Without it the books stay closed; call support.</source>
        <translation>本机密钥不见了，没有它账本打不开，请联系技术支持。</translation>
    </message>
    <message>
        <source>This computer has no safe place for the key: it lies in a file only this user may read.</source>
        <translation>这台电脑没有保管密钥的地方：密钥放在只有当前用户能读的文件里。</translation>
    </message>
    <message>
        <source>The till&apos;s key could not be saved. Check the disk and try again.</source>
        <translation>本机密钥没有保存。请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>The settings were not saved. Check the disk and try again.</source>
        <translation>设置没有保存。请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>The settings were lost, the books are safe. Enter shop, printer and scanner again under Settings.</source>
        <translation>设置丢失了，账本完好。请到“设置”里重新填写门店、打印机和扫码枪。</translation>
    </message>
    <message>
        <source>The settings cannot be read: {reason}. Mend the file, or set the till up anew.</source>
        <translation>设置读不出来：{reason}。请修复文件，或重新设置本机。</translation>
    </message>
    <message>
        <source>A pattern for codes cannot be right: {reason}.</source>
        <translation>编码规则写得不对：{reason}。</translation>
    </message>
    <message>
        <source>The till number lies between 1 and 9999.</source>
        <translation>机号须在 1 到 9999 之间。</translation>
    </message>
    <message>
        <source>A port lies between 1 and 65535.</source>
        <translation>端口须在 1 到 65535 之间。</translation>
    </message>
    <message>
        <source>A USB device is written maker:model as the system lists it, such as 0416:5011.</source>
        <translation>USB 设备按系统列出的“厂商:型号”填写，例如 0416:5011。</translation>
    </message>
    <message>
        <source>Type the device&apos;s address in the network, such as 192.168.1.50.</source>
        <translation>请输入设备的网络地址，例如 192.168.1.50。</translation>
    </message>
    <message>
        <source>Touch the serial port, or type its name, such as /dev/ttyUSB0 or COM3.</source>
        <translation>请点选串口，或输入名称，例如 /dev/ttyUSB0 或 COM3。</translation>
    </message>
    <message>
        <source>Type the path of the file or node that takes the bytes, such as /dev/usb/lp0.</source>
        <translation>请输入接收数据的文件或设备路径，例如 /dev/usb/lp0。</translation>
    </message>
    <message>
        <source>Type the name of the print queue as this computer&apos;s printer settings list it.</source>
        <translation>请输入打印队列名称，与本机打印机设置中的名称一致。</translation>
    </message>
    <message>
        <source>Type the device as maker:model, such as 0c2e:0b61, or the path of its node.</source>
        <translation>请输入“厂商:型号”，例如 0c2e:0b61，或设备节点的路径。</translation>
    </message>
    <message>
        <source>On {paper} mm paper a line has {most} characters at most. Choose fewer.</source>
        <translation>{paper} mm 纸每行最多 {most} 个字符，请选更少的。</translation>
    </message>
    <message>
        <source>Type a whole number between {least} and {most}.</source>
        <translation>请输入 {least} 到 {most} 之间的整数。</translation>
    </message>
    <message>
        <source>It is removed. If that was a mistake, touch Undo.</source>
        <translation>已移除。如果是误操作，请点“撤销”。</translation>
    </message>
    <message>
        <source>The settings are saved.</source>
        <translation>设置已保存。</translation>
    </message>
    <message>
        <source>The file cannot be written: {reason}</source>
        <translation>文件写不了：{reason}</translation>
    </message>
    <message>
        <source>All devices of this till are in the file. Another till can take them from it.</source>
        <translation>这台收银机的全部设备设置已写入文件，其他收银机可以导入。</translation>
    </message>
    <message>
        <source>The settings are saved. Not connected to this till: {places}. Plug them in or choose others.</source>
        <translation>设置已保存。这台收银机上没有：{places}。请接好，或另选设备。</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}</source>
        <translation>文件读不了：{reason}</translation>
    </message>
    <message>
        <source>This is no file of devices. Choose one that a till has written.</source>
        <translation>这不是设备设置文件。请选择收银机导出的文件。</translation>
    </message>
    <message>
        <source>The file is of a newer version ({version}). Update this till first.</source>
        <translation>文件来自更新的版本（{version}）。请先升级这台收银机。</translation>
    </message>
    <message>
        <source>The settings in the file cannot be: {reason}. Nothing was changed.</source>
        <translation>文件里的设置不对：{reason}。未作任何改动。</translation>
    </message>
    <message>
        <source>The settings are saved. When the day begins holds after the next start.</source>
        <translation>设置已保存。营业日起始时刻在下次启动后生效。</translation>
    </message>
    <message>
        <source>The printing broke off. Look at the paper, then print it again or give it up under Devices.</source>
        <translation>打印中途断了。请看看纸上打出了什么，再到“设备”里重打或放弃。</translation>
    </message>
    <message>
        <source>The printer is not ready, so receipts come out at the stand-in.</source>
        <translation>打印机暂不可用，小票改由备用打印机打印。</translation>
    </message>
    <message>
        <source>The printer “{place}” is not ready. Its slips wait; say there what was ordered.</source>
        <translation>“{place}”打印机暂不可用，分单在等待；请口头通知。</translation>
    </message>
    <message>
        <source>The printer is back.</source>
        <translation>打印机已恢复。</translation>
    </message>
    <message>
        <source>The test page is out. Look whether text, code and cut are right.</source>
        <translation>测试页已打印，请查看文字、条码和切纸是否正常。</translation>
    </message>
    <message>
        <source>No printer is set up, so nothing is printed.</source>
        <translation>还没有设置打印机，不打印。</translation>
    </message>
    <message>
        <source>That is not a speed. Usual are 9600 and 115200.</source>
        <translation>这不是波特率，常用 9600 和 115200。</translation>
    </message>
    <message>
        <source>A prefix or suffix has 16 characters at most.</source>
        <translation>前缀或后缀最多 16 个字符。</translation>
    </message>
    <message>
        <source>Use at most {limit} characters, all on one line.</source>
        <translation>最多 {limit} 个字，写在一行里。</translation>
    </message>
    <message>
        <source>Type the name of the shop: receipts carry it.</source>
        <translation>请填店名，小票上要用。</translation>
    </message>
    <message>
        <source>The day begins at an hour between 0 and 23.</source>
        <translation>营业日的起始时刻须在 0 到 23 点之间。</translation>
    </message>
    <message>
        <source>Type the name of the shop.</source>
        <translation>请填店名。</translation>
    </message>
    <message>
        <source>Type the name of the manager.</source>
        <translation>请填店长姓名。</translation>
    </message>
    <message>
        <source>The till number lies between 1 and {most}.</source>
        <translation>机号须在 1 到 {most} 之间。</translation>
    </message>
    <message>
        <source>The books are not open yet. Wait a moment and try again.</source>
        <translation>账本还没打开，请稍候再试。</translation>
    </message>
    <message>
        <source>This till is not set up yet. Open the window and answer its questions first.</source>
        <translation>本机还没设置好，请先打开收银窗口回答几个问题。</translation>
    </message>
    <message>
        <source>The membership rules cannot be read: {reason}. The old ones stay in force.</source>
        <translation>会员方案读不出来：{reason}。仍按原方案。</translation>
    </message>
    <message>
        <source>These books are older than what this till has done. Put the newer ones back, or let the manager agree.</source>
        <translation>账本比本机做过的要旧。请放回新的账本，或由店长批准继续。</translation>
    </message>
    <message>
        <source>The membership rules contradict themselves: {problems}. The old ones stay in force.</source>
        <translation>会员方案自相矛盾：{problems}。仍按原方案。</translation>
    </message>
    <message>
        <source>The demo shop cannot be read: {reason}.</source>
        <translation>演示门店读不出来：{reason}。</translation>
    </message>
    <message>
        <source>Something went wrong in the till itself. What was saved is safe; support gets a report.</source>
        <translation>收银程序自身出错。已保存的都在；已生成给技术支持的报告。</translation>
    </message>
    <message>
        <source>That paper is not waiting any more.</source>
        <translation>这张单据已不在等待中。</translation>
    </message>
    <message>
        <source>The record for this paper is not in the books. Tell support: record {seq}.</source>
        <translation>账本里没有这张单据的记录，请告知技术支持：记录 {seq}。</translation>
    </message>
    <message>
        <source>It is being printed again.</source>
        <translation>正在重新打印。</translation>
    </message>
    <message>
        <source>Given up; it can be printed again from the sale.</source>
        <translation>已放弃；以后可在销售单里补打。</translation>
    </message>
    <message>
        <source>A test page is on its way.</source>
        <translation>测试页已发送。</translation>
    </message>
    <message>
        <source>The printer&apos;s address is missing. Enter it in the settings.</source>
        <translation>还没有填打印机地址，请在设置里填写。</translation>
    </message>
    <message>
        <source>The printer has no paper. The sale is safe; the receipt prints when paper is in.</source>
        <translation>打印机缺纸。销售已保存，装纸后自动打印。</translation>
    </message>
    <message>
        <source>The printer&apos;s cover is open. The sale is safe; the receipt prints when it is shut.</source>
        <translation>打印机盖子开着。销售已保存，盖好后自动打印。</translation>
    </message>
    <message>
        <source>The printer does not answer. The sale is safe; check power and cable.</source>
        <translation>打印机没有应答。销售已保存，请检查电源和连线。</translation>
    </message>
    <message>
        <source>The printer is not there. The sale is safe; check cable and address.</source>
        <translation>找不到打印机。销售已保存，请检查连线和地址。</translation>
    </message>
    <message>
        <source>Another program holds the printer. The sale is safe; close the other program.</source>
        <translation>打印机被别的程序占用。销售已保存，请关闭那个程序。</translation>
    </message>
    <message>
        <source>The printer took the receipt and fell silent. Look whether it is on paper before printing again.</source>
        <translation>打印机收下小票后没有回音。请先看看是否已打出来，再决定补打。</translation>
    </message>
    <message>
        <source>The printer fell silent before anything was sent. Switch it off and on.</source>
        <translation>打印机没有反应，什么都没发出。请关开一次电源。</translation>
    </message>
    <message>
        <source>The printer answers in a way the till does not know. Check model and settings.</source>
        <translation>打印机的应答看不懂，请检查型号和设置。</translation>
    </message>
    <message>
        <source>The till stopped while printing. Look whether it is on paper before printing again.</source>
        <translation>打印时收银机停了。请先看看是否已打出来，再决定补打。</translation>
    </message>
    <message>
        <source>The printer could not print. Look at it, then print again.</source>
        <translation>没有打印成功。请检查打印机后重打。</translation>
    </message>
    <message>
        <source>The scanner was unplugged. Plug it in again; typing works meanwhile.</source>
        <translation>扫码枪已断开。请重新插上；这期间可以手工输入。</translation>
    </message>
    <message>
        <source>The scanner is back.</source>
        <translation>扫码枪已恢复。</translation>
    </message>
    <message>
        <source>This till is set up already. Log in instead.</source>
        <translation>本机已设置好，请登录。</translation>
    </message>
    <message>
        <source>These rules (version {version}) are not newer than those in force ({known}).</source>
        <translation>这份方案（版本 {version}）不比现用的（{known}）新。</translation>
    </message>
    <message>
        <source>This till belongs to a real shop, so the demo shop is not loaded.</source>
        <translation>本机属于真实门店，不装入演示门店。</translation>
    </message>
    <message>
        <source>There is nothing to pay. Scan an item first.</source>
        <translation>没有要付的，请先扫商品。</translation>
    </message>
    <message>
        <source>The payments do not come to what is owed. Check them.</source>
        <translation>付款合计与应付不符，请核对。</translation>
    </message>
    <message>
        <source>So many points cannot be used on this sale. Use fewer.</source>
        <translation>本单不能用这么多积分，请少用一些。</translation>
    </message>
    <message>
        <source>The price is {payable} now. Tell the customer, then take payment again.</source>
        <translation>现在应付 {payable}。请告知顾客后重新收款。</translation>
    </message>
    <message>
        <source>That amount cannot be taken. Check the figures.</source>
        <translation>这个金额收不了，请核对数字。</translation>
    </message>
    <message>
        <source>Only {owed} is owed. Only cash can be more than that.</source>
        <translation>只欠 {owed}；只有现金可以多收。</translation>
    </message>
    <message>
        <source>Everything is paid already.</source>
        <translation>已经付清了。</translation>
    </message>
    <message>
        <source>Change is given for cash only.</source>
        <translation>只有现金可以找零。</translation>
    </message>
    <message>
        <source>Those points cannot be used. Choose another number.</source>
        <translation>这些积分不能用，请换一个数。</translation>
    </message>
    <message>
        <source>Cash was taken already. Take it back first to change the amount.</source>
        <translation>已收过现金；要改金额请先撤销那笔现金。</translation>
    </message>
    <message>
        <source>That sale is not on hold any more. Look at the list again.</source>
        <translation>这一单已不在挂单里，请再看一下列表。</translation>
    </message>
    <message>
        <source>No sale of this till has the receipt number. Check the digits, or scan it again.</source>
        <translation>本机没有这个小票号。请核对数字，或重新扫描。</translation>
    </message>
    <message>
        <source>The shop&apos;s receipt template is wrong ({file}, {place}). Receipts use the built-in one.</source>
        <translation>门店的小票模板有误（{file}，{place}），小票改用自带模板。</translation>
    </message>
    <message>
        <source>The usual words lie in {folder}, switched off. Take the # off a line, change it, read it again.</source>
        <translation>默认文字已放入 {folder}，均未启用。去掉行首的 # 并修改，然后重新读取。</translation>
    </message>
    <message>
        <source>The file {file} cannot be read. Copy it to this computer and choose it again.</source>
        <translation>无法读取文件 {file}。请先拷贝到本机再选择。</translation>
    </message>
    <message>
        <source>The picture {file} is too large. Save it smaller, 576 dots wide is enough, and choose it again.</source>
        <translation>图片 {file} 太大。请缩小后再选，宽 576 点就够了。</translation>
    </message>
    <message>
        <source>The picture {file} is too small to be seen. It needs {least} dots each way at least.</source>
        <translation>图片 {file} 太小，印出来看不清。长宽至少各 {least} 点。</translation>
    </message>
    <message>
        <source>The picture {file} is too long for a receipt. Cut it to a shape that is wider than high.</source>
        <translation>图片 {file} 太长，不适合小票。请裁成横向的形状。</translation>
    </message>
    <message>
        <source>{file} is no picture that can be printed. Choose a PNG or JPEG file.</source>
        <translation>{file} 不是可打印的图片。请选择 PNG 或 JPEG 文件。</translation>
    </message>
    <message>
        <source>Of {file} nothing would be seen on paper: it is of one shade. Choose one that is black on white.</source>
        <translation>{file} 印出来什么也看不到：整张只有一种深浅。请选择白底黑字的图片。</translation>
    </message>
    <message>
        <source>The logo {file} cannot be printed. Receipts come without it; choose another PNG file.</source>
        <translation>标志图片 {file} 无法打印，小票上不印；请换一张 PNG 图片。</translation>
    </message>
    <message>
        <source>Choose what comes back first.</source>
        <translation>请先选择要退的商品。</translation>
    </message>
    <message>
        <source>That is more than was bought and not yet given back.</source>
        <translation>超过了可退的数量。</translation>
    </message>
    <message>
        <source>{name} comes back by the piece. Type a whole number.</source>
        <translation>{name} 按件退，请输入整数。</translation>
    </message>
    <message>
        <source>This sale was voided: everything came back already.</source>
        <translation>这一单已作废，商品已全部退回。</translation>
    </message>
    <message>
        <source>Refund {number}: {amount} given back.</source>
        <translation>退货单 {number}：已退 {amount}。</translation>
    </message>
    <message>
        <source>Sale {number} is voided: {amount} given back.</source>
        <translation>销售单 {number} 已作废：已退 {amount}。</translation>
    </message>
    <message>
        <source>Too late to void: only an untouched sale of the open shift can be. Refund it instead.</source>
        <translation>不能作废了：只有本班未退过货的单可以作废。请改做退货。</translation>
    </message>
    <message>
        <source>A copy of {number} is being printed.</source>
        <translation>正在补打 {number}。</translation>
    </message>
    <message>
        <source>There is not so much cash in the drawer. Put cash in first, or give it back another way.</source>
        <translation>钱箱里没有这么多现金。请先放入现金，或用别的方式退。</translation>
    </message>
    <message>
        <source>The drawer opens.</source>
        <translation>钱箱打开。</translation>
    </message>
    <message>
        <source>{amount} put into the drawer.</source>
        <translation>已放入钱箱 {amount}。</translation>
    </message>
    <message>
        <source>{amount} taken out of the drawer.</source>
        <translation>已从钱箱取出 {amount}。</translation>
    </message>
    <message>
        <source>The count cannot be right. Check the numbers of notes and coins.</source>
        <translation>清点的数不对，请核对张数和枚数。</translation>
    </message>
    <message>
        <source>No shift is open. Open one first.</source>
        <translation>还没有开班，请先开班。</translation>
    </message>
    <message>
        <source>A shift is open already. Close it before opening another.</source>
        <translation>已有开着的班次，请先交班。</translation>
    </message>
    <message>
        <source>This is somebody else&apos;s shift. {name} or the store manager has to close it.</source>
        <translation>这是别人的班次，须由 {name} 本人或店长交班。</translation>
    </message>
    <message>
        <source>The shift of {name} is open. {name} logs in to go on, or the store manager closes it.</source>
        <translation>{name} 的班次还开着。请 {name} 登录继续，或由店长交班。</translation>
    </message>
    <message>
        <source>Sales are still on hold: {count}. Finish them or give them up (F6), then close.</source>
        <translation>还有 {count} 张挂单。请先处理（F6），再交班。</translation>
    </message>
    <message>
        <source>A shift is still open. Close it, then the day.</source>
        <translation>还有班次没交。请先交班，再日结。</translation>
    </message>
    <message>
        <source>A sale is still open. Take payment or hold it, then close the shift.</source>
        <translation>还有一单没结。请先结账或挂单，再交班。</translation>
    </message>
    <message>
        <source>Counted {amount}. Press F9 again to close the shift, or correct the count.</source>
        <translation>已清点 {amount}。再按一次 F9 交班，或更正清点数。</translation>
    </message>
    <message>
        <source>Shift {number} is open.</source>
        <translation>第 {number} 班已开。</translation>
    </message>
    <message>
        <source>Shift {number} is closed.</source>
        <translation>第 {number} 班已交。</translation>
    </message>
    <message>
        <source>The day is closed: Z {number}.</source>
        <translation>已日结：Z {number}。</translation>
    </message>
    <message>
        <source>The day is closed, but the books still have {amount} in the drawer. Tell support.</source>
        <translation>已日结，但账上钱箱还有 {amount}，请告知技术支持。</translation>
    </message>
    <message>
        <source>That is no payment code. Scan the customer&apos;s payment code, or go back to scan goods.</source>
        <translation>这不是付款码。请扫顾客的付款码，或返回继续扫商品。</translation>
    </message>
    <message>
        <source>It is in the sale now. Press F9 again to pay.</source>
        <translation>已加入本单，请再按 F9 收款。</translation>
    </message>
    <message>
        <source>That changes what is owed. Take back what was paid so far, then scan it again.</source>
        <translation>这会改变应收金额。请先撤回已收款项，再扫一次。</translation>
    </message>
    <message>
        <source>A card or mobile payment was taken. Finish the sale, or give that payment back first.</source>
        <translation>已收银行卡或扫码付款。请完成本单，或先退还那笔付款。</translation>
    </message>
    <message>
        <source>A copy of the receipt is being printed.</source>
        <translation>正在补打小票。</translation>
    </message>
    <message>
        <source>This member has no points to use here.</source>
        <translation>这位会员没有可用的积分。</translation>
    </message>
    <message>
        <source>Points count in steps of {step} ({value}). Type more.</source>
        <translation>积分按每 {step} 分（{value}）使用，请多输一些。</translation>
    </message>
    <message>
        <source>The member has too few points to pay with them.</source>
        <translation>会员积分不够抵现。</translation>
    </message>
    <message>
        <source>The bill is too small to pay with points.</source>
        <translation>本单金额太小，不能用积分。</translation>
    </message>
    <message>
        <source>Points cannot pay for any of these goods.</source>
        <translation>这些商品都不能用积分付款。</translation>
    </message>
    <message>
        <source>There is nothing to pay.</source>
        <translation>没有要付的。</translation>
    </message>
    <message>
        <source>Points cannot be used in this store.</source>
        <translation>本店不能用积分。</translation>
    </message>
    <message>
        <source>Points cannot be used yet: the offer has not begun.</source>
        <translation>积分抵现还没开始。</translation>
    </message>
    <message>
        <source>The offer to pay with points is over.</source>
        <translation>积分抵现已结束。</translation>
    </message>
    <message>
        <source>Points cannot be used on this weekday.</source>
        <translation>今天（星期）不能用积分。</translation>
    </message>
    <message>
        <source>Points cannot be used today.</source>
        <translation>今天不能用积分。</translation>
    </message>
    <message>
        <source>Points cannot be used at this hour.</source>
        <translation>这个时段不能用积分。</translation>
    </message>
    <message>
        <source>Only members can pay with points.</source>
        <translation>只有会员能用积分。</translation>
    </message>
    <message>
        <source>Points cannot be used in this tier.</source>
        <translation>这个等级不能用积分。</translation>
    </message>
    <message>
        <source>This member cannot pay with points.</source>
        <translation>这位会员不能用积分。</translation>
    </message>
    <message>
        <source>Points can be used around the birthday only.</source>
        <translation>只有生日期间能用积分。</translation>
    </message>
    <message>
        <source>The membership rules are not in force today.</source>
        <translation>会员方案今天不生效。</translation>
    </message>
    <message>
        <source>The report is being printed.</source>
        <translation>正在打印报表。</translation>
    </message>
    <message>
        <source>Several receipts end so. Type more digits, or scan the receipt.</source>
        <translation>有多张小票以此结尾。请多输几位，或扫小票。</translation>
    </message>
    <message>
        <source>That item is not in this sale, or all of it came back already.</source>
        <translation>这件商品不在本单里，或已全部退回。</translation>
    </message>
    <message>
        <source>Scan the receipt first.</source>
        <translation>请先扫小票。</translation>
    </message>
    <message>
        <source>Sale {number} is complete.</source>
        <translation>销售单 {number} 已完成。</translation>
    </message>
    <message>
        <source>This could not be done. Tell support the code {code}.</source>
        <extracomment>Functions, not strings: the catalogue is asked each time, and lupdate sees each literal in its place.</extracomment>
        <translation>没有办成。请把代码 {code} 告诉技术支持。</translation>
    </message>
    <message>
        <source>For members only.</source>
        <translation>仅限会员。</translation>
    </message>
    <message>
        <source>For another tier of membership.</source>
        <translation>限其他会员等级。</translation>
    </message>
    <message>
        <source>Not for this member.</source>
        <translation>不适用于这位会员。</translation>
    </message>
    <message>
        <source>For the member&apos;s birthday only.</source>
        <translation>仅限会员生日期间。</translation>
    </message>
    <message>
        <source>Not in this store.</source>
        <translation>本店不参加。</translation>
    </message>
    <message>
        <source>It has not begun yet.</source>
        <translation>还没开始。</translation>
    </message>
    <message>
        <source>It is over.</source>
        <translation>已结束。</translation>
    </message>
    <message>
        <source>Not on this day of the week.</source>
        <translation>今天（星期）不参加。</translation>
    </message>
    <message>
        <source>Not on this day of the month.</source>
        <translation>今天（日期）不参加。</translation>
    </message>
    <message>
        <source>Not at this time of day.</source>
        <translation>这个时段不参加。</translation>
    </message>
    <message>
        <source>Not open at this time of the month or year.</source>
        <translation>现在不在开放时段（本月或本年）。</translation>
    </message>
    <message>
        <source>As much of it was had already as one member can have.</source>
        <translation>该会员可享的次数或数量已用完。</translation>
    </message>
    <message>
        <source>For new members only.</source>
        <translation>只限新会员。</translation>
    </message>
    <message>
        <source>For members whom another one brought.</source>
        <translation>只限由其他会员推荐的会员。</translation>
    </message>
    <message>
        <source>Not for members whom another one brought.</source>
        <translation>由其他会员推荐的会员不享受。</translation>
    </message>
    <message>
        <source>Not on this visit.</source>
        <translation>本次到店不在其列。</translation>
    </message>
    <message>
        <source>This sale does not lead to that tier.</source>
        <translation>这一单还升不到该等级。</translation>
    </message>
    <message>
        <source>For the first purchase only.</source>
        <translation>只限首次消费。</translation>
    </message>
    <message>
        <source>The member who brought this one is not known here.</source>
        <translation>这台机器上没有推荐人的资料。</translation>
    </message>
    <message>
        <source>Nobody is rewarded for bringing themselves.</source>
        <translation>自己推荐自己没有奖励。</translation>
    </message>
    <message>
        <source>The membership of the one who brought this member is frozen or closed.</source>
        <translation>推荐人的会员资格已冻结或注销。</translation>
    </message>
    <message>
        <source>These members brought each other: nobody is rewarded for that.</source>
        <translation>这些会员互相推荐，没有奖励。</translation>
    </message>
    <message>
        <source>This member joined before the one who is said to have brought them.</source>
        <translation>该会员入会比推荐人还早，没有奖励。</translation>
    </message>
    <message>
        <source>Nothing in the basket it is for.</source>
        <translation>本单没有适用的商品。</translation>
    </message>
    <message>
        <source>Not enough of it in the basket yet.</source>
        <translation>本单的数量或金额还不够。</translation>
    </message>
    <message>
        <source>Something better was applied to the same goods.</source>
        <translation>同样的商品已用了更优惠的。</translation>
    </message>
    <message>
        <source>A coupon is used that it does not go together with.</source>
        <translation>用了与它不能同享的优惠券。</translation>
    </message>
    <message>
        <source>The membership programme is not in force today.</source>
        <translation>会员方案今天不生效。</translation>
    </message>
    <message>
        <source>There are too few points to use.</source>
        <translation>积分不够用。</translation>
    </message>
    <message>
        <source>The bill is too small to use points on.</source>
        <translation>本单金额太小，不能用积分。</translation>
    </message>
    <message>
        <source>There is nothing to pay yet.</source>
        <translation>还没有要付的。</translation>
    </message>
    <message>
        <source>The explanation is printed.</source>
        <translation>优惠说明已打印。</translation>
    </message>
    <message>
        <source>The membership programme has run out: no member prices, no points. Tell the manager.</source>
        <translation>会员方案已到期：没有会员价，也不积分。请告知店长。</translation>
    </message>
    <message>
        <source>This member is frozen: no benefits and no points for now.</source>
        <translation>这位会员已冻结：暂不享受权益，不积分。</translation>
    </message>
    <message>
        <source>This membership was closed. Sell without it, or sign the customer up anew.</source>
        <translation>这位会员已注销。请按非会员销售，或重新办卡。</translation>
    </message>
    <message>
        <source>{name} is sold by the code of the item. Scan the square code or the link on its label.</source>
        <translation>{name}按一物一码销售，请扫瓶身或标签上的方形码（二维码），不要扫普通条码。</translation>
    </message>
    <message>
        <source>This very item is in the sale already: {name} …{tail}. Scan the next one.</source>
        <translation>这一件已经在单里：{name} …{tail}。请扫下一件。</translation>
    </message>
    <message>
        <source>Every {name} has a code of its own. Scan each one instead of counting.</source>
        <translation>{name}一物一码，不能改数量，请逐件扫码。</translation>
    </message>
    <message>
        <source>This item was sold before: {name}, receipt {receipt_no} of {date}. Put it aside and tell the manager.</source>
        <translation>这一件已经卖过：{name}，{date} 小票 {receipt_no}。请放到一边，告诉店长。</translation>
    </message>
    <message>
        <source>This item was sold at another till: {name}, till {till}, receipt {receipt_no}. Put it aside and tell the manager.</source>
        <translation>这件商品已在另一台收银机售出：{name}，收银机 {till}，单号 {receipt_no}。请先放到一边，并告诉店长。</translation>
    </message>
    <message>
        <source>This item is in a sale on hold: {name} …{tail}. Bring that sale back first (F6).</source>
        <translation>这一件在挂起的单里：{name} …{tail}。请先按 F6 取回那一单。</translation>
    </message>
    <message>
        <source>This very item is in no sale of this till: {name}. Check the code against the receipt.</source>
        <translation>本机没有卖出过这一件：{name}。请核对商品码和小票。</translation>
    </message>
    <message>
        <source>This code is not genuine. Do not sell the item; tell the manager.</source>
        <translation>这个码是假的，不能销售，请告诉店长。</translation>
    </message>
    <message>
        <source>Nobody here knows who signed the code of {name} (key {key}). Do not sell the item; tell the manager.</source>
        <translation>{name}的码不知是谁签发的（密钥 {key}），不能销售，请告诉店长。</translation>
    </message>
    <message>
        <source>The code belongs to other goods than {name}. Do not sell the item; tell the manager.</source>
        <translation>这个码不是{name}的，不能销售，请告诉店长。</translation>
    </message>
    <message>
        <source>The code of {name} is good from {date} only. Do not sell the item yet.</source>
        <translation>{name}的码 {date} 起才有效，现在还不能销售。</translation>
    </message>
    <message>
        <source>The code of {name} was good until {date}. Do not sell the item; tell the manager.</source>
        <translation>{name}的码 {date} 后已失效，不能销售，请告诉店长。</translation>
    </message>
    <message>
        <source>A gift card pays by its number. Scan the card.</source>
        <translation>礼品卡凭卡号付款，请扫卡。</translation>
    </message>
    <message>
        <source>Recharges and gift cards ({prepaid}) are paid with cash, card or mobile only.</source>
        <translation>充值和售卡（{prepaid}）只能用现金、银行卡或手机支付。</translation>
    </message>
    <message>
        <source>This shop takes no recharges.</source>
        <translation>本店没有开通储值。</translation>
    </message>
    <message>
        <source>A recharge needs a member. Find the member first.</source>
        <translation>充值须先找到会员。</translation>
    </message>
    <message>
        <source>This member is frozen: nothing can be paid in or spent for now.</source>
        <translation>会员已冻结，暂不能充值或使用储值。</translation>
    </message>
    <message>
        <source>This membership was closed: nothing can be paid in or spent.</source>
        <translation>会员已注销，不能充值或使用储值。</translation>
    </message>
    <message>
        <source>That recharge is not offered any more. Remove the line and choose again.</source>
        <translation>该充值档位已取消，请删除后重新选择。</translation>
    </message>
    <message>
        <source>{name} is not open to this customer now. Choose another.</source>
        <translation>{name} 现在不对该顾客开放，请选择其他档位。</translation>
    </message>
    <message>
        <source>At least {least} has to be paid in.</source>
        <translation>最少充值 {least}。</translation>
    </message>
    <message>
        <source>At most {most} can be paid in at a time.</source>
        <translation>一次最多充值 {most}。</translation>
    </message>
    <message>
        <source>Only the steps of the ladder can be paid in here.</source>
        <translation>本店只能按档位充值。</translation>
    </message>
    <message>
        <source>With that, more than {limit} would be stored. {possible} is possible still.</source>
        <translation>储值不得超过 {limit}，还可充 {possible}。</translation>
    </message>
    <message>
        <source>At most {possible} can be paid with stored value here.</source>
        <translation>储值最多可付 {possible}。</translation>
    </message>
    <message>
        <source>Stored value is taken once. Take that payment out first.</source>
        <translation>储值只能使用一次，请先删除已有的储值付款。</translation>
    </message>
    <message>
        <source>This member has nothing stored.</source>
        <translation>该会员没有储值余额。</translation>
    </message>
    <message>
        <source>There is nothing to pay with stored value.</source>
        <translation>没有可用储值支付的金额。</translation>
    </message>
    <message>
        <source>The bonus pays for a part of the bill only.</source>
        <translation>赠送金额只能抵扣部分账单。</translation>
    </message>
    <message>
        <source>There is no more in the balance.</source>
        <translation>余额只有这么多。</translation>
    </message>
    <message>
        <source>Change cannot be kept in the balance here.</source>
        <translation>本店未开通找零存入储值。</translation>
    </message>
    <message>
        <source>There is no change to keep.</source>
        <translation>没有可存入的找零。</translation>
    </message>
    <message>
        <source>At most {most} of change can be kept in the balance.</source>
        <translation>找零最多可存入 {most}。</translation>
    </message>
    <message>
        <source>Of {name} nothing is left to give back: it was spent.</source>
        <translation>{name} 已用完，无可退金额。</translation>
    </message>
    <message>
        <source>Recharges are not given back here.</source>
        <translation>本店储值不退。</translation>
    </message>
    <message>
        <source>{name} was used already and is not given back.</source>
        <translation>{name} 已使用过，不能退。</translation>
    </message>
    <message>
        <source>What was recharged or sold as a card was used already. Give the sale back instead (F7).</source>
        <translation>充值或礼品卡已被使用，不能作废，请用退货（F7）。</translation>
    </message>
    <message>
        <source>{left} is left on gift card *{tail}.</source>
        <translation>礼品卡 *{tail} 余额 {left}。</translation>
    </message>
    <message>
        <source>This card was not sold here, or its number is wrong.</source>
        <translation>这张卡没有售出记录，或卡号有误。</translation>
    </message>
    <message>
        <source>This card was sold already. Take another one.</source>
        <translation>这张卡已售出，请换一张。</translation>
    </message>
    <message>
        <source>This is no gift card of this shop.</source>
        <translation>这不是本店的礼品卡。</translation>
    </message>
    <message>
        <source>This card is in the sale already.</source>
        <translation>这张卡已在本单中。</translation>
    </message>
    <message>
        <source>{name} is not sold at that amount.</source>
        <translation>{name} 没有这个面值。</translation>
    </message>
    <message>
        <source>There is nothing left on this card.</source>
        <translation>这张卡余额为零。</translation>
    </message>
    <message>
        <source>This card expired on {expires_on}.</source>
        <translation>这张卡已于 {expires_on} 到期。</translation>
    </message>
    <message>
        <source>There is only {possible} on this card.</source>
        <translation>这张卡余额只有 {possible}。</translation>
    </message>
    <message>
        <source>What is on {name} cannot be moved into a balance.</source>
        <translation>{name} 不能转入储值。</translation>
    </message>
    <message>
        <source>{amount} moved into the member&apos;s balance.</source>
        <translation>已转入会员储值 {amount}。</translation>
    </message>
    <message>
        <source>The programme does not offer this now.</source>
        <translation>会员方案现在不提供这一项。</translation>
    </message>
    <message>
        <source>None is left.</source>
        <translation>已经没有了。</translation>
    </message>
    <message>
        <source>Its price is another one now: take it out and add it again.</source>
        <translation>价格已变：请删除后重新添加。</translation>
    </message>
    <message>
        <source>This member is frozen for now.</source>
        <translation>该会员暂时被冻结。</translation>
    </message>
    <message>
        <source>This membership was closed.</source>
        <translation>该会员已注销。</translation>
    </message>
    <message>
        <source>{name} cannot be sold now: {why}</source>
        <translation>现在不能售出 {name}：{why}</translation>
    </message>
    <message>
        <source>The programme does not offer this any more.</source>
        <translation>会员方案已不再提供这一项。</translation>
    </message>
    <message>
        <source>Scan which goods are taken for the points.</source>
        <translation>请扫描要用积分兑换的商品。</translation>
    </message>
    <message>
        <source>{name} is not among what is given for points.</source>
        <translation>{name} 不在积分兑换的商品之内。</translation>
    </message>
    <message>
        <source>Nobody counts the stock of this.</source>
        <translation>这一项不计库存。</translation>
    </message>
    <message>
        <source>There are only {left}: no more can be taken out.</source>
        <translation>只有 {left} 件，不能再减。</translation>
    </message>
    <message>
        <source>The stock is what it was: nothing to note.</source>
        <translation>库存没有变化，无需登记。</translation>
    </message>
    <message>
        <source>{name}: noted, {left} left.</source>
        <translation>{name}：已记，还剩 {left} 次。</translation>
    </message>
    <message>
        <source>The programme does not have this service.</source>
        <translation>会员方案没有这项服务。</translation>
    </message>
    <message>
        <source>{name} cannot be used now: {why}</source>
        <translation>现在不能使用 {name}：{why}</translation>
    </message>
    <message>
        <source>{name} was used as often as the tier gives it in this time.</source>
        <translation>{name} 在本期内的次数已用完。</translation>
    </message>
    <message>
        <source>{name} is used in a sale: put the goods into the basket.</source>
        <translation>{name} 在销售中使用：请把对应商品加入购物篮。</translation>
    </message>
    <message>
        <source>This use was taken back already, or is not in the books of this till.</source>
        <translation>这次使用已经撤回，或不在本机账中。</translation>
    </message>
    <message>
        <source>Given: {gifts}</source>
        <translation>已赠送：{gifts}</translation>
    </message>
    <message>
        <source>This member has checked in today already.</source>
        <translation>该会员今天已经签到过了。</translation>
    </message>
    <message>
        <source>This member has taken part in the survey already.</source>
        <translation>该会员已经参加过这份问卷。</translation>
    </message>
    <message>
        <source>The programme knows no such survey. Choose one from the list.</source>
        <translation>方案里没有这份问卷，请从列表中选择。</translation>
    </message>
    <message>
        <source>Nothing can be given now. {why}</source>
        <translation>现在不能赠送。{why}</translation>
    </message>
    <message>
        <source>Give 1 to {limit} points.</source>
        <translation>赠送积分须在 1 到 {limit} 之间。</translation>
    </message>
    <message>
        <source>Say why in a few words, {limit} characters at most.</source>
        <translation>请简单写明原因，最多 {limit} 个字。</translation>
    </message>
    <message>
        <source>The member who is said to have brought this one is not known. Find them again, or leave it empty.</source>
        <translation>找不到这位推荐人，请重新查找，或留空。</translation>
    </message>
    <message>
        <source>This member cannot have brought the new one. {why}</source>
        <translation>该会员不能作为推荐人。{why}</translation>
    </message>
    <message>
        <source>The shop gives nothing for checking in.</source>
        <translation>本店没有签到奖励。</translation>
    </message>
    <message>
        <source>Checked in today already.</source>
        <translation>今天已经签到。</translation>
    </message>
    <message>
        <source>Taken part already.</source>
        <translation>已经参加过。</translation>
    </message>
    <message>
        <source>The programme does not have this coupon any more.</source>
        <translation>会员方案里已经没有这种券了。</translation>
    </message>
    <message>
        <source>This coupon is not there any more.</source>
        <translation>这张券已经不在了。</translation>
    </message>
    <message>
        <source>This coupon is over.</source>
        <translation>这张券已过期。</translation>
    </message>
    <message>
        <source>This member has used the code as often as one can.</source>
        <translation>这位会员使用该券码的次数已满。</translation>
    </message>
    <message>
        <source>Not together with another coupon.</source>
        <translation>不能与其他券同用。</translation>
    </message>
    <message>
        <source>Another coupon of the same kind is used: one of them only.</source>
        <translation>已用了同类的另一张券，只能用其中一张。</translation>
    </message>
    <message>
        <source>No more of this coupon can be used in one bill.</source>
        <translation>这种券一单不能再用更多了。</translation>
    </message>
    <message>
        <source>Nothing is left that it could be taken off.</source>
        <translation>没有可以再抵扣的金额了。</translation>
    </message>
    <message>
        <source>The best coupons are used: {saved} saved.</source>
        <translation>已用最划算的券，省 {saved}。</translation>
    </message>
    <message>
        <source>{name} is chosen: {missing} more of its goods, and it is used.</source>
        <translation>已选用{name}：再买 {missing} 适用商品即可抵扣。</translation>
    </message>
    <message>
        <source>{name} is chosen, and takes nothing off yet: {why}</source>
        <translation>已选用{name}，暂不能抵扣：{why}</translation>
    </message>
    <message>
        <source>{name} cannot be used: {why}</source>
        <translation>{name}不能使用：{why}</translation>
    </message>
    <message>
        <source>{name} is used in this sale already.</source>
        <translation>{name}已经用在这一单里了。</translation>
    </message>
    <message>
        <source>This coupon belongs to another member than the one of this sale.</source>
        <translation>这张券属于另一位会员，不是这一单的会员。</translation>
    </message>
    <message>
        <source>This is no genuine coupon: its code was made up or altered.</source>
        <translation>这不是真的优惠券：券码是伪造的或被改动过。</translation>
    </message>
    <message>
        <source>This coupon is not of this shop.</source>
        <translation>这不是本店的优惠券。</translation>
    </message>
    <message>
        <source>This coupon is genuine, but was given at another till: it can be used there.</source>
        <translation>这张券是真的，但由另一台收银机发出，请到那台使用。</translation>
    </message>
    <message>
        <source>No coupon has this code. Check it letter by letter.</source>
        <translation>没有这个券码，请逐个字母核对。</translation>
    </message>
    <message>
        <source>This coupon can be used from {from_date} on.</source>
        <translation>这张券从 {from_date} 起可用。</translation>
    </message>
    <message>
        <source>This coupon was over on {expires_on}.</source>
        <translation>这张券已于 {expires_on} 到期。</translation>
    </message>
    <message>
        <source>This coupon was used already, on receipt {receipt_no}.</source>
        <translation>这张券已经用过，见小票 {receipt_no}。</translation>
    </message>
    <message>
        <source>This coupon was taken back when the goods that it came with were returned.</source>
        <translation>发出这张券的商品已退货，券随之收回。</translation>
    </message>
    <message>
        <source>The programme does not have this coupon.</source>
        <translation>会员方案里没有这种券。</translation>
    </message>
    <message>
        <source>{name} cannot be given: it is over, is a published code, or is for members only.</source>
        <translation>{name}不能发放：已过期、是公开券码，或只发给会员。</translation>
    </message>
    <message>
        <source>Say why the coupon is given.</source>
        <translation>请写明为什么赠券。</translation>
    </message>
    <message>
        <source>This is no address of a head office. It looks like 192.168.1.20:8443 or office.example.com.</source>
        <translation>这不是总部地址。格式如 192.168.1.20:8443 或 office.example.com。</translation>
    </message>
    <message>
        <source>Head office does not take this code: it is mistyped, used already, or older than ten minutes. Ask for a new one.</source>
        <translation>总部不接受这个加入码：输错了、已用过，或超过十分钟。请申请新的。</translation>
    </message>
    <message>
        <source>The code has twelve letters and digits in three groups. Type all of it.</source>
        <translation>加入码是三组共十二位字母和数字，请输完整。</translation>
    </message>
    <message>
        <source>Whoever answers there cannot prove to be the head office that made the code. Check the address; if it is right, do not go on, and tell head office.</source>
        <translation>应答方无法证明自己是生成加入码的总部。请检查地址；如果地址无误，请停止操作并告知总部。</translation>
    </message>
    <message>
        <source>Head office has another till with the number {number}. Ask for a code that gives this till a number of its own, or one for its successor.</source>
        <translation>总部已有另一台 {number} 号机。请申请带新机号的加入码，或接替该机的加入码。</translation>
    </message>
    <message>
        <source>This till belongs to a head office already.</source>
        <translation>本机已加入总部。</translation>
    </message>
    <message>
        <source>No head office answers at this address. Check the address and the network, and that head office runs.</source>
        <translation>这个地址没有总部应答。请检查地址和网络，并确认总部服务已启动。</translation>
    </message>
    <message>
        <source>Head office cannot be reached. Selling goes on; the till tries again by itself.</source>
        <translation>联系不上总部。照常收银，本机会自动重试。</translation>
    </message>
    <message>
        <source>This till belongs to no head office.</source>
        <translation>本机未加入总部。</translation>
    </message>
    <message>
        <source>Head office has much to do just now. The till tries again by itself.</source>
        <translation>总部正忙，本机会自动重试。</translation>
    </message>
    <message>
        <source>Head office has a fault of its own. Selling goes on; the till tries again by itself.</source>
        <translation>总部系统出现故障。照常收银，本机会自动重试。</translation>
    </message>
    <message>
        <source>The clocks of this till and of head office are far apart. Set the date and time of this computer.</source>
        <translation>本机与总部的时钟相差太多。请校准这台电脑的日期和时间。</translation>
    </message>
    <message>
        <source>The till was away for very long and loads the members and goods anew. Selling goes on.</source>
        <translation>本机离线太久，正在重新下载会员和商品。照常收银。</translation>
    </message>
    <message>
        <source>Head office was restored from a backup. The till sends again what is missing there.</source>
        <translation>总部从备份恢复过，本机会补传缺少的记录。</translation>
    </message>
    <message>
        <source>This till is newer than head office. What it sends waits until head office is updated.</source>
        <translation>本机版本比总部新，上传的记录等总部升级后处理。</translation>
    </message>
    <message>
        <source>Head office did not understand the till. Tell support; selling goes on.</source>
        <translation>总部看不懂本机的请求。请联系技术支持，照常收银。</translation>
    </message>
    <message>
        <source>Head office has another till with this number. Ask for a code that gives this till a number of its own, or one for its successor.</source>
        <translation>总部已有另一台同号收银机。请申请带新机号的加入码，或接替该机的加入码。</translation>
    </message>
    <message>
        <source>A record is too large for head office. Tell support; selling goes on.</source>
        <translation>有一条记录太大，总部无法接收。请联系技术支持，照常收银。</translation>
    </message>
    <message>
        <source>What answers at this address is not head office. Check the address.</source>
        <translation>这个地址应答的不是总部。请检查地址。</translation>
    </message>
    <message>
        <source>Head office does not know this till&apos;s key. Nothing is sent until a manager has seen to it.</source>
        <translation>总部不认识本机的密钥。店长处理之前不会上传。</translation>
    </message>
    <message>
        <source>Head office has had this request before. The till tries again by itself.</source>
        <translation>总部已处理过这个请求，本机会自动重试。</translation>
    </message>
    <message>
        <source>Head office lacks earlier records of this till. They are sent again.</source>
        <translation>总部缺少本机较早的记录，正在补传。</translation>
    </message>
    <message>
        <source>Two machines have been this same till, so head office takes nothing more from either. Sell for cash only, and ask head office for a new code for one of them.</source>
        <translation>有两台电脑在充当同一台收银机，总部不再接收任何一台的记录。只收现金，并向总部为其中一台申请新的加入码。</translation>
    </message>
    <message>
        <source>Another machine has taken the place of this till. Do not sell here; ask head office.</source>
        <translation>另一台电脑已接替本机。请勿在此销售，请问总部。</translation>
    </message>
    <message>
        <source>Head office took this till out of service. Do not sell here; ask head office.</source>
        <translation>总部已停用本机。请勿在此销售，请问总部。</translation>
    </message>
    <message>
        <source>What head office has of the till before this one is not here yet. Bring the line up and try again; nothing is sold before.</source>
        <translation>总部里前一台收银机的账本还没有全部取回。请接通网络再试；到齐之前不能卖货。</translation>
    </message>
    <message>
        <source>Head office is asked now.</source>
        <translation>正在联系总部。</translation>
    </message>
    <message>
        <source>There is no such closed day in the books.</source>
        <translation>账目中没有这一天的日结。</translation>
    </message>
    <message>
        <source>Z {number} of {date}: head office has the same, to the fen and the point.</source>
        <translation>{date} 的 Z {number}：与总部一致，分文不差、积分相符。</translation>
    </message>
    <message>
        <source>Z {number} of {date}: head office has everything and set some of it aside. See what, at the end of the day.</source>
        <translation>{date} 的 Z {number}：总部已全部收到，搁置了其中一部分。请在“结束营业”中查看。</translation>
    </message>
    <message>
        <source>Z {number} of {date}: head office has other figures than this till. See which, at the end of the day.</source>
        <translation>{date} 的 Z {number}：与总部数字不一致。请在“结束营业”中查看。</translation>
    </message>
    <message>
        <source>Head office is being asked…</source>
        <translation>正在向总部确认…</translation>
    </message>
    <message>
        <source>Called off. Nothing was used; choose how to pay.</source>
        <translation>已取消，没有使用任何权益；请选择付款方式。</translation>
    </message>
    <message>
        <source>Head office has only {available} left ({asset}). Pay the rest another way, or leave it out.</source>
        <translation>总部核对：{asset}只剩 {available} 可用。请改用其他付款方式，或不用这一项。</translation>
    </message>
    <message>
        <source>Offline: {asset} cannot be used. Pay another way or leave it out; the member keeps it.</source>
        <translation>离线时不能使用{asset}，请改用其他付款方式或先不用，会员权益保留。</translation>
    </message>
    <message>
        <source>Offline: {assets} cannot pay now. The member keeps them; everything else goes on.</source>
        <translation>离线：{assets}暂不能付款，会员权益保留；其他照常。</translation>
    </message>
    <message>
        <source>No answer from head office ({asset}). Take again to ask again, or take it out and pay another way.</source>
        <translation>总部没有答复（{asset}）。再按一次收款重试，或取出后改用其他付款方式。</translation>
    </message>
    <message>
        <source>The member&apos;s account is changing at this moment. Take again to try again.</source>
        <translation>会员账户正在变动，请再按一次收款。</translation>
    </message>
    <message>
        <source>The scale says nothing. Weights can be typed; check its cable and power.</source>
        <translation>电子秤没有信号。重量可以手输；请检查秤的电源和连线。</translation>
    </message>
    <message>
        <source>The scale is back.</source>
        <translation>电子秤恢复了。</translation>
    </message>
    <message>
        <source>The scale speaks otherwise than set. Weights can be typed; check protocol and speed.</source>
        <translation>电子秤发来的数据与设置不符。重量可以手输；请核对协议和波特率。</translation>
    </message>
    <message>
        <source>The table for the scale cannot be right: {reason}.</source>
        <translation>电子秤的协议表不对：{reason}。</translation>
    </message>
    <message>
        <source>What asks the scale is typed as hexadecimal bytes, such as 05 or 57 0D, or left empty.</source>
        <translation>询问指令请按十六进制字节输入，例如 05 或 57 0D，也可留空。</translation>
    </message>
    <message>
        <source>Type the pattern of what the scale says, as its manual shows it, or choose a table above.</source>
        <translation>请按说明书输入电子秤所发数据的格式，或在上面选择一种协议。</translation>
    </message>
    <message>
        <source>The scale says nothing. Type the weight.</source>
        <translation>电子秤没有信号。请手输重量。</translation>
    </message>
    <message>
        <source>The weight is still moving. Wait a moment, then take it.</source>
        <translation>重量还在变动。稍等稳定后再取。</translation>
    </message>
    <message>
        <source>Nothing lies on the scale. Lay the goods on it, or type the weight.</source>
        <translation>秤上没有东西。请放上商品，或手输重量。</translation>
    </message>
    <message>
        <source>The scale shows less than nothing. Empty it and press its zero key.</source>
        <translation>秤显示负数。请清空秤盘并按秤上的置零键。</translation>
    </message>
    <message>
        <source>That is more than the scale can weigh. Weigh it in parts, or type the weight.</source>
        <translation>超出秤的量程。请分次称，或手输重量。</translation>
    </message>
    <message>
        <source>The scale does not weigh in kilograms. Switch its unit, or type the weight.</source>
        <translation>秤的单位不是公斤。请切换秤的单位，或手输重量。</translation>
    </message>
    <message>
        <source>Only the packaging of {name} ({tare} g) lies on the scale. Lay the goods on it.</source>
        <translation>秤上只有“{name}”的包装（{tare} 克）。请放上商品。</translation>
    </message>
    <message>
        <source>The packaging of item {product} cannot weigh more than {most} g. Tell the manager.</source>
        <translation>商品 {product} 的包装重量不能超过 {most} 克。请告诉店长。</translation>
    </message>
    <message>
        <source>The customer&apos;s display is gone. Selling goes on; check its cable.</source>
        <translation>客显断开了。收银照常；请检查连线。</translation>
    </message>
    <message>
        <source>This till does not know displays named {model}. Choose another under Devices.</source>
        <translation>本机不认识名为 {model} 的客显。请在“设备”里另选一种。</translation>
    </message>
    <message>
        <source>The customer&apos;s display is back.</source>
        <translation>客显恢复了。</translation>
    </message>
    <message>
        <source>Does the display show {amount}, whole and readable? Otherwise choose another kind.</source>
        <translation>客显上是否完整清楚地显示 {amount}？否则请另选一种型号。</translation>
    </message>
    <message>
        <source>Its address is missing. Enter it first.</source>
        <translation>还没有填地址，请先填写。</translation>
    </message>
    <message>
        <source>The customer&apos;s screen is gone. Selling goes on; check its cable and power.</source>
        <translation>顾客屏断开了。可继续收银，请检查它的线缆和电源。</translation>
    </message>
    <message>
        <source>The customer&apos;s screen is back.</source>
        <translation>顾客屏已恢复。</translation>
    </message>
    <message>
        <source>Monitor {monitor} is not connected. The customer&apos;s screen comes back when it is.</source>
        <translation>显示器 {monitor} 没有接上。接上后顾客屏会自动恢复。</translation>
    </message>
    <message>
        <source>There is no second monitor. Connect one, or show the customer&apos;s screen in a window.</source>
        <translation>没有第二台显示器。请接上一台，或把顾客屏显示在窗口中。</translation>
    </message>
    <message>
        <source>The till itself is on monitor {monitor}. Choose another one for the customer.</source>
        <translation>收银台本身就在显示器 {monitor} 上。请为顾客选另一台。</translation>
    </message>
    <message>
        <source>A picture stays between {least} and {most} seconds.</source>
        <translation>每张图片停留 {least} 到 {most} 秒。</translation>
    </message>
    <message>
        <source>That folder is not there: {folder}. Type the path of a folder with pictures, or nothing.</source>
        <translation>找不到文件夹：{folder}。请输入图片文件夹的路径，或留空。</translation>
    </message>
    <message>
        <source>That picture is not there: {path}. Type its path, or what the code says.</source>
        <translation>找不到图片：{path}。请输入它的路径，或输入码的内容。</translation>
    </message>
    <message>
        <source>A code on the screen holds at most {most} characters, so that it can be scanned from a metre.</source>
        <translation>屏幕上的码最多 {most} 个字符，一米外才能扫到。</translation>
    </message>
    <message>
        <source>The cash drawer&apos;s port is gone. Open it with its key; check the cable.</source>
        <translation>钱箱的端口断开了。请用钥匙开箱，并检查连线。</translation>
    </message>
    <message>
        <source>The cash drawer is back.</source>
        <translation>钱箱恢复了。</translation>
    </message>
    <message>
        <source>The cash drawer still stands open.</source>
        <translation>钱箱还开着。</translation>
    </message>
    <message>
        <source>The drawer&apos;s sensor cannot be read in that way. Choose another, or Nothing.</source>
        <translation>这种接法读不到该传感器。请选另一项，或选“无”。</translation>
    </message>
    <message>
        <source>Type what the shop calls this printer, such as Kitchen: it stands at the head of its slips.</source>
        <translation>请输入这台打印机的名称，例如“后厨”：它印在出品单的顶部。</translation>
    </message>
    <message>
        <source>There is a printer named {name} already. Type another name.</source>
        <translation>已经有名为“{name}”的打印机，请换一个名称。</translation>
    </message>
    <message>
        <source>Choose how the printer is reached; without one there are no slips.</source>
        <translation>请选择打印机的连接方式；没有打印机就不会出单。</translation>
    </message>
    <message>
        <source>A scanner at {place} is in the list already. Change that one.</source>
        <translation>列表里已经有 {place} 的扫码枪，请修改那一个。</translation>
    </message>
    <message>
        <source>What opens the drawer is typed as hexadecimal bytes, such as 07 or 1B 70 00 19 FA.</source>
        <translation>开钱箱指令请按十六进制输入，例如 07 或 1B 70 00 19 FA。</translation>
    </message>
    <message>
        <source>The device is not there any more. Check its cable and power, then choose it again.</source>
        <translation>设备不见了。请检查接线和电源，再重新选择。</translation>
    </message>
    <message>
        <source>Another program holds the device, or this user may not use it. Close the other program.</source>
        <translation>设备被别的程序占用，或当前用户无权使用。请关闭那个程序。</translation>
    </message>
    <message>
        <source>The device does not answer. Switch it on, check cable and address, then try again.</source>
        <translation>设备没有回应。请开机，检查接线和地址，再试一次。</translation>
    </message>
    <message>
        <source>The device took no data in time. Check its cable and power, then try again.</source>
        <translation>设备没有及时接收数据。请检查接线和电源，再试一次。</translation>
    </message>
    <message>
        <source>The printer has no paper. Put a roll in, then try again.</source>
        <translation>打印机缺纸。请装纸后再试。</translation>
    </message>
    <message>
        <source>The printer&apos;s cover is open. Close it, then try again.</source>
        <translation>打印机上盖打开着。请合上后再试。</translation>
    </message>
    <message>
        <source>The device answers with nonsense. It may be another device; choose another one.</source>
        <translation>设备的回应不正常，可能不是这种设备。请另选一个。</translation>
    </message>
    <message>
        <source>That did not work. Check cable and power, then try again.</source>
        <translation>没有成功。请检查接线和电源，再试一次。</translation>
    </message>
    <message>
        <source>None of the speeds was readable. Check the cable, or choose another port.</source>
        <translation>没有一种速率能看清。请检查接线，或另选端口。</translation>
    </message>
    <message>
        <source>None of the Chinese lines was right. Choose another port, or ask for the printer&apos;s manual.</source>
        <translation>没有一行中文正确。请另选端口，或查看打印机说明书。</translation>
    </message>
    <message>
        <source>That is no address. It looks like 192.168.1.50; the printer&apos;s self-test prints it.</source>
        <translation>这不是地址。地址形如 192.168.1.50，打印机自检页上有。</translation>
    </message>
    <message>
        <source>The drawer opened at neither wire. Check the cable between drawer and printer; it may be locked.</source>
        <translation>两根针脚都没弹开。请检查钱箱到打印机的线，钱箱可能锁着。</translation>
    </message>
    <message>
        <source>There is no receipt printer yet. Set the printer up first.</source>
        <translation>还没有小票打印机，请先设置打印机。</translation>
    </message>
    <message>
        <source>The drawer did not open. Choose another port, or set its bytes by hand under Devices.</source>
        <translation>钱箱没有弹开。请另选端口，或在“设备”里手工设置开启指令。</translation>
    </message>
    <message>
        <source>No scale was found that says this. Check cable and power, and that it sends by itself or is asked.</source>
        <translation>没有找到这样的秤。请检查接线和电源，并确认秤设为连续发送或应答方式。</translation>
    </message>
    <message>
        <source>Then it is another port, or a display this till does not know. Choose another port.</source>
        <translation>那可能是别的端口，或是不认识的客显。请另选端口。</translation>
    </message>
    <message>
        <source>The code was not printed. Scan it from this screen, or from a telephone that shows it.</source>
        <translation>条码没有打印出来。请扫屏幕上的，或在手机上显示后扫。</translation>
    </message>
    <message>
        <source>That came as slowly as typing. Scan the code; if you did, make the scanner send faster.</source>
        <translation>来得像手工输入一样慢。请用扫码枪扫；如果是扫的，请调快它的发送速度。</translation>
    </message>
    <message>
        <source>That was another code, or only a part of this one. Scan the code shown here.</source>
        <translation>不是这个条码，或只扫到一部分。请扫这里显示的条码。</translation>
    </message>
    <message>
        <source>That came otherwise than before: counted anew. Scan three times with the same scanner.</source>
        <translation>和刚才的不一样，重新计数。请用同一把扫码枪扫三次。</translation>
    </message>
</context>
<context>
    <name>MoreView</name>
    <message>
        <source>SALES AND DRAWER</source>
        <translation>销售与钱箱</translation>
    </message>
    <message>
        <source>SHIFT AND DAY</source>
        <translation>班次与营业日</translation>
    </message>
    <message>
        <source>THIS TILL</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Back to selling</source>
        <translation>返回收银</translation>
    </message>
    <message>
        <source>Papers waiting: {count}</source>
        <translation>待打单据：{count} 张</translation>
    </message>
    <message>
        <source>For the manager: {count}</source>
        <translation>店长待办：{count}</translation>
    </message>
    <message>
        <source>{note}  ·  with PIN</source>
        <translation>{note}  ·  需授权</translation>
    </message>
    <message>
        <source>With PIN</source>
        <translation>需授权</translation>
    </message>
    <message>
        <source>Back to open the shift</source>
        <translation>返回开班</translation>
    </message>
    <message>
        <source>{name} is logged in</source>
        <translation>当前收银员：{name}</translation>
    </message>
    <message>
        <source>Leave training</source>
        <translation>退出练习</translation>
    </message>
    <message>
        <source>Back to real sales</source>
        <translation>回到正式收银</translation>
    </message>
    <message>
        <source>Sales and refunds</source>
        <translation>销售与退货</translation>
    </message>
    <message>
        <source>Find, reprint, void</source>
        <translation>查单、重打、作废</translation>
    </message>
    <message>
        <source>Cash in / out</source>
        <translation>存取现金</translation>
    </message>
    <message>
        <source>Float, change, bank</source>
        <translation>备用金、换零、存行</translation>
    </message>
    <message>
        <source>Open the drawer</source>
        <translation>开钱箱</translation>
    </message>
    <message>
        <source>Without a sale</source>
        <translation>不做销售</translation>
    </message>
    <message>
        <source>X report</source>
        <translation>X 报表</translation>
    </message>
    <message>
        <source>Totals so far</source>
        <translation>当班累计</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>交班</translation>
    </message>
    <message>
        <source>Count and hand over</source>
        <translation>点钞、交接</translation>
    </message>
    <message>
        <source>End the day</source>
        <translation>结束营业</translation>
    </message>
    <message>
        <source>Count, Z report, head office</source>
        <translation>点钞、Z 报表、核对总部</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Printer, scanner, drawer</source>
        <translation>打印机、扫码枪、钱箱</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Shop, language, theme</source>
        <translation>门店、语言、外观</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Practise, nothing is booked</source>
        <translation>练习用，不入账</translation>
    </message>
    <message>
        <source>Head office</source>
        <translation>总部</translation>
    </message>
    <message>
        <source>This till works by itself</source>
        <translation>本机独立运行</translation>
    </message>
    <message>
        <source>How the line stands</source>
        <translation>查看同步情况</translation>
    </message>
    <message>
        <source>Set up a device</source>
        <translation>设备设置向导</translation>
    </message>
    <message>
        <source>Find it, try it, save it</source>
        <translation>查找、试用、保存</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>The shift stays open</source>
        <translation>班次不结束</translation>
    </message>
    <message>
        <source>Leave the till</source>
        <translation>离开收银台</translation>
    </message>
</context>
<context>
    <name>NumPad</name>
    <message>
        <source>Delete the last digit</source>
        <translation>删除末位</translation>
    </message>
</context>
<context>
    <name>OpenShiftView</name>
    <message>
        <source>Cashier</source>
        <translation>收银员</translation>
    </message>
    <message>
        <source>Last shift closed</source>
        <translation>上次交班</translation>
    </message>
    <message>
        <source>Float in the drawer</source>
        <translation>备用金</translation>
    </message>
    <message>
        <source>Count what is in the drawer before the first sale.</source>
        <translation>开始收银前，请点清钱箱里的现金。</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Open the shift</source>
        <translation>开班</translation>
    </message>
    <message>
        <source>Open shift {number}</source>
        <translation>开班 第 {number} 班</translation>
    </message>
</context>
<context>
    <name>OwnPage</name>
    <message>
        <source>LOGO ABOVE THE SHOP&apos;S NAME</source>
        <translation>店名上方的标志</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Without a logo</source>
        <translation>不要标志</translation>
    </message>
    <message>
        <source>OWN WORDS AND ORDER</source>
        <translation>自定义文字与顺序</translation>
    </message>
    <message>
        <source>Lay a copy of the words there, change it, read it again; F9 uses it.</source>
        <translation>先放入文字副本，修改后重新读取；按 F9 启用。</translation>
    </message>
    <message>
        <source>Lay a copy there</source>
        <translation>放入副本</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>No logo</source>
        <translation>没有标志</translation>
    </message>
    <message>
        <source>This is how paper shows it. F9 keeps it.</source>
        <translation>打印效果如下。按 F9 保存。</translation>
    </message>
    <message>
        <source>A PNG or JPEG file, black on white. Paper shows it in black and white, as here.</source>
        <translation>PNG 或 JPEG 文件，白底黑图。纸上只有黑白，效果如下。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>PapersPage</name>
    <message>
        <source>Everything is on paper.</source>
        <translation>单据都已打印。</translation>
    </message>
    <message>
        <source>Papers that fail or wait are listed here.</source>
        <translation>打印失败或等待打印的单据会列在这里。</translation>
    </message>
    <message>
        <source>Papers that failed or wait</source>
        <translation>失败或等待打印的单据</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待</translation>
    </message>
</context>
<context>
    <name>Parts</name>
    <message>
        <source>sell</source>
        <extracomment>By ``pos_app.domain.staff.Permission``.</extracomment>
        <translation>销售</translation>
    </message>
    <message>
        <source>open a shift</source>
        <translation>开班</translation>
    </message>
    <message>
        <source>give a discount</source>
        <translation>打折</translation>
    </message>
    <message>
        <source>change a price</source>
        <translation>改价</translation>
    </message>
    <message>
        <source>take goods back</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>void a sale</source>
        <translation>作废销售单</translation>
    </message>
    <message>
        <source>open the drawer without a sale</source>
        <translation>无销售开钱箱</translation>
    </message>
    <message>
        <source>put cash in or take it out</source>
        <translation>存取现金</translation>
    </message>
    <message>
        <source>print a receipt again</source>
        <translation>补打小票</translation>
    </message>
    <message>
        <source>see the totals</source>
        <translation>查看汇总</translation>
    </message>
    <message>
        <source>close the day</source>
        <translation>日结</translation>
    </message>
    <message>
        <source>use training mode</source>
        <translation>使用练习模式</translation>
    </message>
    <message>
        <source>change settings</source>
        <translation>修改设置</translation>
    </message>
    <message>
        <source>change a member&apos;s data</source>
        <translation>修改会员资料</translation>
    </message>
    <message>
        <source>give points as goodwill</source>
        <translation>赠送关怀积分</translation>
    </message>
    <message>
        <source>give a coupon by hand</source>
        <translation>手工赠券</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <extracomment>Why the disk did not take or give something.</extracomment>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>the disk reports a fault</source>
        <translation>磁盘报告故障</translation>
    </message>
    <message>
        <source>another program holds the file</source>
        <translation>文件被别的程序占用</translation>
    </message>
    <message>
        <source>the file may only be read</source>
        <translation>文件只读</translation>
    </message>
    <message>
        <source>the cause is not known</source>
        <translation>原因不明</translation>
    </message>
    <message>
        <source>Cash</source>
        <extracomment>By ``pos_app.domain.tender.TenderKind``.</extracomment>
        <translation>现金</translation>
    </message>
    <message>
        <source>Bank card</source>
        <translation>银行卡</translation>
    </message>
    <message>
        <source>WeChat / Alipay</source>
        <translation>微信／支付宝</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>Stored value</source>
        <translation>储值</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>礼品卡</translation>
    </message>
    <message>
        <source>points</source>
        <extracomment>By ``pos_app.application.head_office.SpendAsset``.</extracomment>
        <translation>积分</translation>
    </message>
    <message>
        <source>the balance</source>
        <translation>储值</translation>
    </message>
    <message>
        <source>coupons</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>uses of cards</source>
        <translation>次卡</translation>
    </message>
    <message>
        <source>gift cards</source>
        <translation>礼品卡</translation>
    </message>
    <message>
        <source>Receipt</source>
        <extracomment>By ``pos_app.application.ports.JobKind``.</extracomment>
        <translation>小票</translation>
    </message>
    <message>
        <source>Refund receipt</source>
        <translation>退货小票</translation>
    </message>
    <message>
        <source>X report</source>
        <translation>X 报表</translation>
    </message>
    <message>
        <source>Shift report</source>
        <translation>交班报表</translation>
    </message>
    <message>
        <source>Z report</source>
        <translation>Z 报表</translation>
    </message>
    <message>
        <source>Coupons</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Slip</source>
        <translation>分单</translation>
    </message>
    <message>
        <source>Open the drawer</source>
        <translation>开钱箱</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>PaymentPresenter</name>
    <message>
        <source>Gift card *{tail}: {amount} on it</source>
        <extracomment>So often is it looked whether the line went or came back.</extracomment>
        <translation>礼品卡 *{tail}：余额 {amount}</translation>
    </message>
</context>
<context>
    <name>PaymentView</name>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Still to pay</source>
        <translation>待付</translation>
    </message>
    <message>
        <source>TAKEN SO FAR</source>
        <translation>已收</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>存零</translation>
    </message>
    <message>
        <source>The change goes into the balance</source>
        <translation>零钱存入余额</translation>
    </message>
    <message>
        <source>Reference on the slip (scan or type)</source>
        <translation>凭证号（扫码或输入）</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>凭证号</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>尚未收款</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>Bank card</source>
        <translation>银行卡</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>微信支付宝</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>储值</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>礼品卡</translation>
    </message>
    <message>
        <source>Scan the gift card, or type its number</source>
        <translation>扫礼品卡，或输入卡号</translation>
    </message>
    <message>
        <source>Not without the line to head office</source>
        <translation>离线时不可用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>确认中…</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>{points} points can pay {amount} (F5)</source>
        <translation>{points} 积分可抵 {amount}（F5）</translation>
    </message>
    <message>
        <source>the balance can pay {amount} (F6)</source>
        <translation>余额可付 {amount}（F6）</translation>
    </message>
    <message>
        <source>Booking…</source>
        <translation>正在入账…</translation>
    </message>
    <message>
        <source>Next sale</source>
        <translation>下一单</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>Delete the last digit</source>
        <translation>删除末位</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Given back</source>
        <extracomment>More of them would push the reasons out of the card. Beside a name: the figure, and the card&apos;s own margins.</extracomment>
        <translation>应退</translation>
    </message>
    <message>
        <source>Tick what comes back; what returns where is shown here first.</source>
        <translation>勾选要退的商品，这里先显示退到哪里、退多少。</translation>
    </message>
    <message>
        <source>As it was paid</source>
        <translation>原路退回</translation>
    </message>
    <message>
        <source>All in cash</source>
        <translation>全退现金</translation>
    </message>
    <message>
        <source>REASON</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Not good</source>
        <translation>质量问题</translation>
    </message>
    <message>
        <source>Not wanted</source>
        <translation>不想要了</translation>
    </message>
    <message>
        <source>Rung wrongly</source>
        <translation>录错商品</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Points given back</source>
        <translation>退还已用积分</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>凭证号</translation>
    </message>
    <message>
        <source>Given back: {name}</source>
        <translation>退还 {name}</translation>
    </message>
    <message>
        <source>Taken back: {name}</source>
        <translation>收回 {name}</translation>
    </message>
    <message>
        <source>Used already, owed: {name}</source>
        <translation>已用，记欠 {name}</translation>
    </message>
    <message>
        <source>gift</source>
        <translation>赠送</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} 分</translation>
    </message>
    <message>
        <source>… and {count} more, all on the paper</source>
        <translation>……还有 {count} 项，详见小票</translation>
    </message>
    <message>
        <source>Earned points taken back</source>
        <translation>收回所得积分</translation>
    </message>
    <message>
        <source>Spent already, now owed</source>
        <translation>已花掉，记为欠分</translation>
    </message>
    <message>
        <source>Points afterwards</source>
        <translation>退后积分</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
</context>
<context>
    <name>PrinterBox</name>
    <message>
        <source>Characters per line</source>
        <translation>每行字符数</translation>
    </message>
    <message>
        <source>Drawer at pin</source>
        <translation>钱箱针脚</translation>
    </message>
    <message>
        <source>Characters the printer knows</source>
        <translation>打印机字符集</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Own QR codes</source>
        <translation>自带二维码</translation>
    </message>
    <message>
        <source>Cuts the paper</source>
        <translation>自动切纸</translation>
    </message>
    <message>
        <source>Paper (mm)</source>
        <extracomment>0 is as usual for the paper.</extracomment>
        <translation>纸宽 (mm)</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>PrinterPage</name>
    <message>
        <source>How the printer is reached</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>Papers are shown in a window of their own.</source>
        <translation>单据显示在单独的窗口里。</translation>
    </message>
    <message>
        <source>Nothing is printed. Receipts can be looked at in the list of sales.</source>
        <translation>不打印。小票可在销售列表里查看。</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Less than a minute left</source>
        <translation>不到 1 分钟</translation>
    </message>
    <message>
        <source>About {minutes} min left</source>
        <translation>约 {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>RecallView</name>
    <message>
        <source>Sales on hold</source>
        <translation>挂单</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>取单</translation>
    </message>
    <message>
        <source>↑ ↓ choose   ·   Enter brings back</source>
        <translation>↑ ↓ 选择   ·   回车取单</translation>
    </message>
    <message>
        <source>{time}  ·  {cashier}  ·  lines: {lines}</source>
        <translation>{time}  ·  {cashier}  ·  {lines} 行</translation>
    </message>
    <message>
        <source>Reading the held sales…</source>
        <translation>正在读取挂单…</translation>
    </message>
    <message>
        <source>The held sales could not be read.</source>
        <translation>挂单读不出来。</translation>
    </message>
    <message>
        <source>They are kept.</source>
        <translation>挂单仍然保存着。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing is on hold.</source>
        <translation>没有挂单。</translation>
    </message>
    <message>
        <source>F5 puts a sale on hold while the customer waits.</source>
        <translation>顾客临时离开时，按 F5 挂单。</translation>
    </message>
</context>
<context>
    <name>ReceiptPreviewView</name>
    <message>
        <source>Printed as a copy</source>
        <translation>将注明“副本”</translation>
    </message>
    <message>
        <source>Without paper</source>
        <translation>不打印</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Receipt {number}</source>
        <translation>小票 {number}</translation>
    </message>
    <message>
        <source>Making the receipt…</source>
        <translation>正在生成小票…</translation>
    </message>
    <message>
        <source>The receipt could not be made.</source>
        <translation>小票没有生成。</translation>
    </message>
    <message>
        <source>The sale is safe; print it later from the list of sales.</source>
        <translation>销售已入账，以后可在销售列表补打。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>RechargeTab</name>
    <message>
        <source>Balance then {amount}</source>
        <translation>充后余额 {amount}</translation>
    </message>
    <message>
        <source>{amount} on top</source>
        <translation>送 {amount}</translation>
    </message>
    <message>
        <source>From {least} to {most}</source>
        <translation>{least} 起，最多 {most}</translation>
    </message>
    <message>
        <source>Another amount</source>
        <translation>其他金额</translation>
    </message>
    <message>
        <source>Sell a gift card</source>
        <translation>卖礼品卡</translation>
    </message>
    <message>
        <source>Scan or type the number of a new card</source>
        <translation>扫一张新卡，或输入卡号</translation>
    </message>
    <message>
        <source>What is left on a card goes into the member&apos;s stored value</source>
        <translation>卡里余额转入会员储值</translation>
    </message>
    <message>
        <source>Move a gift card into the balance</source>
        <translation>礼品卡转入余额</translation>
    </message>
    <message>
        <source>The shop has no stored value and no gift cards.</source>
        <translation>店里没有储值和礼品卡。</translation>
    </message>
    <message>
        <source>More than may be stored</source>
        <translation>超过可存上限</translation>
    </message>
    <message>
        <source>Stored value needs a member: scan the card or type the phone number first.</source>
        <translation>储值要先有会员：请扫会员卡或输入手机号。</translation>
    </message>
    <message>
        <source>Stored value {total}: {principal} paid in, {bonus} on top. Up to {possible} more.</source>
        <translation>储值 {total}：本金 {principal}，赠送 {bonus}。最多还可存 {possible}。</translation>
    </message>
    <message>
        <source>{amount} of it ends on {day}.</source>
        <translation>其中 {amount} 于 {day} 到期。</translation>
    </message>
    <message>
        <source>How much is to be paid in?</source>
        <translation>充值多少？</translation>
    </message>
    <message>
        <source>Scan the gift card, or type its number.</source>
        <translation>扫礼品卡，或输入卡号。</translation>
    </message>
    <message>
        <source>How much is to be put on the card?</source>
        <translation>卡里充多少？</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>Sale</source>
        <extracomment>What a record is, by its kind in the journal.</extracomment>
        <translation>销售</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Voided sale</source>
        <translation>作废销售</translation>
    </message>
    <message>
        <source>New member</source>
        <translation>新会员</translation>
    </message>
    <message>
        <source>Change of a member</source>
        <translation>会员资料变更</translation>
    </message>
    <message>
        <source>Imported members</source>
        <translation>导入会员</translation>
    </message>
    <message>
        <source>Points or gift</source>
        <translation>积分或礼品</translation>
    </message>
    <message>
        <source>Expired points</source>
        <translation>积分过期</translation>
    </message>
    <message>
        <source>Stored value</source>
        <translation>储值</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Stock of gifts</source>
        <translation>礼品库存</translation>
    </message>
    <message>
        <source>Shift report</source>
        <translation>交班单</translation>
    </message>
    <message>
        <source>Z report</source>
        <translation>Z 报表</translation>
    </message>
</context>
<context>
    <name>RedeemTab</name>
    <message>
        <source>{points} points to use</source>
        <translation>可用积分 {points}</translation>
    </message>
    <message>
        <source>{points} of them in this basket</source>
        <translation>本单已用 {points}</translation>
    </message>
    <message>
        <source>There is nothing to be had for points.</source>
        <translation>没有可用积分兑换的东西。</translation>
    </message>
    <message>
        <source>Scan the goods that are wanted.</source>
        <translation>请扫要兑换的商品。</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} 分</translation>
    </message>
    <message>
        <source>{points} points short</source>
        <translation>还差 {points} 分</translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation>剩 {count}</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>券</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>抽奖</translation>
    </message>
</context>
<context>
    <name>RefundView</name>
    <message>
        <source>Receipt number, or its last digits</source>
        <translation>小票号，或末几位</translation>
    </message>
    <message>
        <source>Receipt number</source>
        <translation>小票号</translation>
    </message>
    <message>
        <source>Find the sale</source>
        <translation>查找原单</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>All / none</source>
        <translation>全选／全不选</translation>
    </message>
    <message>
        <source>Void the sale</source>
        <translation>整单作废</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>确认退货</translation>
    </message>
    <message>
        <source>Mark another line</source>
        <translation>选择其他行</translation>
    </message>
    <message>
        <source>Tick the marked line, or take the tick away</source>
        <translation>勾选或取消当前行</translation>
    </message>
    <message>
        <source>One more or one less of the marked line comes back</source>
        <translation>当前行多退一件或少退一件</translation>
    </message>
    <message>
        <source>Type how much comes back</source>
        <translation>输入退货数量</translation>
    </message>
    <message>
        <source>Somebody who may do this is asked for their PIN next.</source>
        <translation>下一步需有权限的人输入密码。</translation>
    </message>
    <message>
        <source>Scan what comes back, or tick it   ·   F1 all keys</source>
        <translation>扫要退的商品，或直接勾选   ·   F1 全部按键</translation>
    </message>
    <message>
        <source>Looking for the sale…</source>
        <translation>正在查找原单…</translation>
    </message>
    <message>
        <source>The sale could not be read.</source>
        <translation>原单读取失败。</translation>
    </message>
    <message>
        <source>Try again; if it stays so, call support.</source>
        <translation>请重试；仍不行请联系技术支持。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Scan the receipt</source>
        <translation>请扫小票</translation>
    </message>
    <message>
        <source>Its code is at the foot of the paper. Without paper, type the number.</source>
        <translation>条码在小票底部。没有小票就输入小票号。</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>SALES</source>
        <translation>销售</translation>
    </message>
    <message>
        <source>BY WAY OF PAYING</source>
        <translation>按支付方式</translation>
    </message>
    <message>
        <source>TAX CONTAINED</source>
        <translation>含税额</translation>
    </message>
    <message>
        <source>DRAWER</source>
        <translation>钱箱</translation>
    </message>
    <message>
        <source>MEMBERS</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>WORTH A LOOK</source>
        <translation>值得留意</translation>
    </message>
    <message>
        <source>HEAD OFFICE</source>
        <translation>总部</translation>
    </message>
    <message>
        <source>SINCE THE FIRST DAY</source>
        <translation>开业至今</translation>
    </message>
    <message>
        <source>Number of sales</source>
        <translation>销售笔数</translation>
    </message>
    <message>
        <source>Gross sales</source>
        <translation>销售总额</translation>
    </message>
    <message>
        <source>Saved by customers</source>
        <translation>优惠合计</translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Voids</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Net sales</source>
        <translation>净销售额</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Float at the start</source>
        <translation>备用金</translation>
    </message>
    <message>
        <source>Cash of sales and refunds</source>
        <translation>现金收款（减退款）</translation>
    </message>
    <message>
        <source>Cash put in and taken out</source>
        <translation>存入／取出现金</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应有</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>实点</translation>
    </message>
    <message>
        <source>Over (+) or short (−)</source>
        <translation>长款 (+)／短款 (−)</translation>
    </message>
    <message>
        <source>Sales to members</source>
        <translation>会员消费笔数</translation>
    </message>
    <message>
        <source>Points given</source>
        <translation>发放积分</translation>
    </message>
    <message>
        <source>Points used</source>
        <translation>使用积分</translation>
    </message>
    <message>
        <source>Receipts printed again</source>
        <translation>重打小票</translation>
    </message>
    <message>
        <source>Drawer opened without a sale</source>
        <translation>无销售开钱箱</translation>
    </message>
    <message>
        <source>Prices changed by hand</source>
        <translation>手工改价</translation>
    </message>
    <message>
        <source>Gross sales, all time</source>
        <translation>累计销售总额</translation>
    </message>
    <message>
        <source>Refunds and voids, all time</source>
        <translation>累计退货与作废</translation>
    </message>
    <message>
        <source>Sales, all time</source>
        <translation>累计销售笔数</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>Records to be sent</source>
        <translation>待上传记录</translation>
    </message>
    <message>
        <source>    at head office</source>
        <translation>    总部的数字</translation>
    </message>
    <message>
        <source>Hash at head office</source>
        <translation>总部末条校验值</translation>
    </message>
    <message>
        <source>Not in its books</source>
        <translation>未入账</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Tax at {rate}</source>
        <translation>税率 {rate}</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>Back</source>
        <extracomment>Lines that sum others up stand out.</extracomment>
        <translation>返回</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>X report {number}</source>
        <translation>X 报表 {number}</translation>
    </message>
    <message>
        <source>Shift report {number}</source>
        <translation>交班报表 {number}</translation>
    </message>
    <message>
        <source>Z report {number}</source>
        <translation>Z 报表 {number}</translation>
    </message>
    <message>
        <source>business day {day}</source>
        <translation>营业日 {day}</translation>
    </message>
    <message>
        <source>Adding up…</source>
        <translation>正在汇总…</translation>
    </message>
    <message>
        <source>The report could not be made.</source>
        <translation>报表生成失败。</translation>
    </message>
    <message>
        <source>Nothing is lost. Try again; if it stays so, call support.</source>
        <translation>数据没有丢失。请重试；仍不行请联系技术支持。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>DRAWER</source>
        <translation>钱箱</translation>
    </message>
    <message>
        <source>SALES OF THE SHIFT</source>
        <translation>本班销售</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>实点</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应有</translation>
    </message>
    <message>
        <source>WHERE THE EXPECTED FIGURE COMES FROM</source>
        <translation>应有金额的来源</translation>
    </message>
    <message>
        <source>Float at the start</source>
        <translation>备用金</translation>
    </message>
    <message>
        <source>Cash of sales and refunds</source>
        <translation>现金收款（减退款）</translation>
    </message>
    <message>
        <source>Cash put in and taken out</source>
        <translation>存入／取出现金</translation>
    </message>
    <message>
        <source>The counted cash now goes to the safe; the next shift begins with its own float.</source>
        <translation>实点现金现在交保险柜；下一班另备备用金。</translation>
    </message>
    <message>
        <source>Number of sales</source>
        <translation>销售笔数</translation>
    </message>
    <message>
        <source>Net sales</source>
        <translation>净销售额</translation>
    </message>
    <message>
        <source>BY WAY OF PAYING</source>
        <translation>按支付方式</translation>
    </message>
    <message>
        <source>Exactly right</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>长款</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>短款</translation>
    </message>
    <message>
        <source>SET ASIDE AT HEAD OFFICE</source>
        <extracomment>After these the eye needs a line.</extracomment>
        <translation>被总部搁置</translation>
    </message>
    <message>
        <source>Z {number}</source>
        <translation>Z {number}</translation>
    </message>
    <message>
        <source>{count} records wait here and go up by themselves. Then it is compared, and you are told.</source>
        <translation>还有 {count} 条记录待上传，会自动上传并核对，结果会通知您。</translation>
    </message>
    <message>
        <source>Head office is not through with it yet. It is compared by itself, and you are told.</source>
        <translation>总部尚未处理完，稍后自动核对，结果会通知您。</translation>
    </message>
    <message>
        <source>Head office has every record of the day, and has decided on each.</source>
        <translation>总部已收到当天全部记录，并已逐条处理。</translation>
    </message>
    <message>
        <source>Nothing is lost. Some of it waits for a person; what to do stands below.</source>
        <translation>没有丢失。部分记录等待处理，办法见下。</translation>
    </message>
    <message>
        <source>Keep this sheet and tell head office. The books of this till are not touched.</source>
        <translation>请保留此单并告知总部。本机账目不受影响。</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message>
        <source>THIS TILL</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>HEAD OFFICE</source>
        <translation>总部</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>not equal</source>
        <translation>不一致</translation>
    </message>
</context>
<context>
    <name>SaleTab</name>
    <message>
        <source>{amount} more of it for the next step</source>
        <translation>再买 {amount} 可享下一档</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>已享受</translation>
    </message>
    <message>
        <source>{points} points pay {amount}</source>
        <translation>{points} 积分可抵 {amount}</translation>
    </message>
    <message>
        <source>Nothing is taken off by itself here.</source>
        <translation>店里没有自动优惠。</translation>
    </message>
    <message>
        <source>Pay with points</source>
        <translation>用积分付款</translation>
    </message>
</context>
<context>
    <name>SalesView</name>
    <message>
        <source>Scan a receipt, or type the last digits of its number</source>
        <translation>扫小票，或输入小票号末几位</translation>
    </message>
    <message>
        <source>Receipt number</source>
        <translation>小票号</translation>
    </message>
    <message>
        <source>Sales and refunds</source>
        <translation>销售与退货</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>重打</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Mark another one</source>
        <translation>换一单</translation>
    </message>
    <message>
        <source>Older ones are found by their number.</source>
        <translation>更早的单据请按小票号查找。</translation>
    </message>
    <message>
        <source>↑ ↓ mark a paper   ·   F1 all keys</source>
        <translation>↑ ↓ 选单据   ·   F1 全部按键</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>The sales could not be read.</source>
        <translation>销售记录读取失败。</translation>
    </message>
    <message>
        <source>They are safe. Try again; if it stays so, call support.</source>
        <translation>记录没有丢失。请重试；仍不行请联系技术支持。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>No paper of this till ends in these digits.</source>
        <translation>本机没有以这几位结尾的单据。</translation>
    </message>
    <message>
        <source>Check them, or scan the receipt.</source>
        <translation>请核对，或扫小票。</translation>
    </message>
    <message>
        <source>Nothing was sold yet.</source>
        <translation>还没有销售。</translation>
    </message>
    <message>
        <source>Voided</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>of {number}</source>
        <translation>原单 {number}</translation>
    </message>
</context>
<context>
    <name>ScalePage</name>
    <message>
        <source>A scale made of software, to practise with.</source>
        <extracomment>Displays of text; the others show eight figures.</extracomment>
        <translation>软件模拟的电子秤，供练习使用。</translation>
    </message>
    <message>
        <source>Weights are typed.</source>
        <translation>重量由人工输入。</translation>
    </message>
    <message>
        <source>How the scale is reached</source>
        <translation>电子秤的连接方式</translation>
    </message>
    <message>
        <source>What it speaks (see its manual)</source>
        <translation>通信协议（见说明书）</translation>
    </message>
    <message>
        <source>CAS, 22 bytes</source>
        <translation>CAS 22 字节</translation>
    </message>
    <message>
        <source>Yaohua A9</source>
        <translation>耀华 A9</translation>
    </message>
    <message>
        <source>Yaohua A12</source>
        <translation>耀华 A12</translation>
    </message>
    <message>
        <source>Own table</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>What it says, as a pattern with a group named weight</source>
        <translation>数据格式（正则表达式，含名为 weight 的组）</translation>
    </message>
    <message>
        <source>What asks it (hexadecimal)</source>
        <translation>询问指令（十六进制）</translation>
    </message>
    <message>
        <source>none: it never stops</source>
        <translation>空：连续发送</translation>
    </message>
    <message>
        <source>Its figures are</source>
        <translation>数值单位</translation>
    </message>
    <message>
        <source>Frames that agree</source>
        <translation>需一致的帧数</translation>
    </message>
</context>
<context>
    <name>ScalePanel</name>
    <message>
        <source>ON THE SCALE</source>
        <translation>秤上</translation>
    </message>
    <message>
        <source>Take this weight</source>
        <translation>取此重量</translation>
    </message>
    <message>
        <source>The scale says nothing. Type the weight.</source>
        <translation>电子秤没有信号。请手输重量。</translation>
    </message>
    <message>
        <source>Still moving.</source>
        <translation>还在变动。</translation>
    </message>
    <message>
        <source>Lay the goods on the scale.</source>
        <translation>请把商品放到秤上。</translation>
    </message>
    <message>
        <source>Less than nothing: press zero at the scale.</source>
        <translation>显示负数：请按秤上的置零键。</translation>
    </message>
    <message>
        <source>More than the scale can weigh.</source>
        <translation>超出秤的量程。</translation>
    </message>
    <message>
        <source>The scale does not weigh in kilograms. Switch its unit.</source>
        <translation>秤的单位不是公斤，请切换。</translation>
    </message>
    <message>
        <source>This weight was sold just now. Is it other goods?</source>
        <translation>这个重量刚刚卖过。是另外的商品吗？</translation>
    </message>
    <message>
        <source>Steady; the tare is taken off at the scale.</source>
        <translation>已稳定；秤上已去皮。</translation>
    </message>
    <message>
        <source>Steady; {tare} g of packaging will be taken off.</source>
        <translation>已稳定；将扣除包装 {tare} 克。</translation>
    </message>
    <message>
        <source>Steady.</source>
        <translation>已稳定。</translation>
    </message>
</context>
<context>
    <name>ScannersPage</name>
    <message>
        <source>Scanners that are read at a port of their own. Those that type need not be here.</source>
        <translation>通过独立端口读取的扫码枪。键盘口扫码枪不必列在这里。</translation>
    </message>
    <message>
        <source>No scanner has a port of its own.</source>
        <translation>没有使用独立端口的扫码枪。</translation>
    </message>
    <message>
        <source>A scanner that types works without being entered.</source>
        <translation>键盘口扫码枪无需登记即可使用。</translation>
    </message>
    <message>
        <source>Add a scanner</source>
        <translation>添加扫码枪</translation>
    </message>
    <message>
        <source>Scanners with a port of their own</source>
        <translation>使用独立端口的扫码枪</translation>
    </message>
    <message>
        <source>Linux only: its keys come to the till alone, and no other program hears of them.</source>
        <translation>仅限 Linux：按键只送到收银程序，其他程序收不到。</translation>
    </message>
    <message>
        <source>Set the scanner to USB HID POS with the code in its manual.</source>
        <translation>请用说明书中的设置码把扫码枪设为 USB HID POS。</translation>
    </message>
    <message>
        <source>How the scanner is reached</source>
        <translation>扫码枪的连接方式</translation>
    </message>
    <message>
        <source>Before each code</source>
        <translation>前缀</translation>
    </message>
    <message>
        <source>After each code</source>
        <translation>后缀</translation>
    </message>
    <message>
        <source>Counts once within (ms)</source>
        <translation>重复只算一次（毫秒）</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>As a keyboard</source>
        <translation>键盘</translation>
    </message>
</context>
<context>
    <name>Selling</name>
    <message>
        <source>{points} points</source>
        <extracomment>Key of the offer to pay with points. How many coupons the panel has room for; all of them are in the sheet of benefits. What goes into a member&apos;s account, and cannot be sold to nobody; things for points say so themselves. A birthday this near is worth a word.</extracomment>
        <translation>{points} 分</translation>
    </message>
    <message>
        <source>{amount} on top</source>
        <translation>送 {amount}</translation>
    </message>
    <message>
        <source>Cannot be sold: {why}</source>
        <translation>不能售卖：{why}</translation>
    </message>
    <message>
        <source>Price set by hand</source>
        <translation>手工改价</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>折扣</translation>
    </message>
    <message>
        <source>Discount on the bill</source>
        <translation>整单折扣</translation>
    </message>
    <message>
        <source>Pay {amount} with {points} points</source>
        <translation>{points} 积分抵 {amount}</translation>
    </message>
</context>
<context>
    <name>SellingView</name>
    <message>
        <source>Scan, or type a code, name, phone or 3*code</source>
        <translation>扫码，或输入条码、品名、手机号、3*条码</translation>
    </message>
    <message>
        <source>Scan or type anything</source>
        <translation>扫码或输入</translation>
    </message>
    <message>
        <source>+ − change the last line   ·   Del removes it   ·   F1 all keys</source>
        <translation>+ − 增减数量   ·   Del 删除   ·   F1 全部按键</translation>
    </message>
    <message>
        <source>Ready for the next customer</source>
        <translation>可以开始下一单</translation>
    </message>
    <message>
        <source>Scan the first item, or the member&apos;s card.</source>
        <translation>请扫商品，或扫会员卡。</translation>
    </message>
    <message>
        <source>Goods to touch</source>
        <translation>点选商品</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已优惠</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>件数</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>折扣</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>挂单</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Benefits</source>
        <translation>权益</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>结账</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>取单</translation>
    </message>
    <message>
        <source>One more or one less of the marked line</source>
        <translation>当前行加一、减一</translation>
    </message>
    <message>
        <source>Mark another line</source>
        <translation>选择其他行</translation>
    </message>
    <message>
        <source>Remove the marked line</source>
        <translation>删除当前行</translation>
    </message>
    <message>
        <source>Three of the next item</source>
        <translation>下一件商品算三件</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>找零</translation>
    </message>
    <message>
        <source>Payable</source>
        <translation>应收</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>THIS TILL</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>THE SHOP, AS RECEIPTS NAME IT</source>
        <translation>门店（印在小票上）</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>界面语言</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>The business day begins at</source>
        <translation>营业日开始时间</translation>
    </message>
    <message>
        <source>What is sold before belongs to the day before.</source>
        <translation>此前的销售算前一天。</translation>
    </message>
    <message>
        <source>One hour earlier</source>
        <translation>早一小时</translation>
    </message>
    <message>
        <source>One hour later</source>
        <translation>晚一小时</translation>
    </message>
    <message>
        <source>Till number</source>
        <translation>收银机号</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Name of the shop</source>
        <translation>店名</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Tax number</source>
        <translation>税号</translation>
    </message>
    <message>
        <source>Last line of the receipt</source>
        <translation>小票结束语</translation>
    </message>
    <message>
        <source>Language of receipts</source>
        <translation>小票语言</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Language and look change at once; the rest is saved by F9.</source>
        <translation>语言和外观立即生效；其余按 F9 保存。</translation>
    </message>
</context>
<context>
    <name>SetupView</name>
    <message>
        <source>Name of the shop</source>
        <translation>店名</translation>
    </message>
    <message>
        <source>as it stands on receipts</source>
        <translation>印在小票上的名称</translation>
    </message>
    <message>
        <source>One till of several? Head office knows the shop, its goods, members and staff. Have a code ready.</source>
        <translation>连锁门店？门店、商品、会员和员工由总部下发，请准备好加入码。</translation>
    </message>
    <message>
        <source>Join a head office</source>
        <translation>加入总部</translation>
    </message>
    <message>
        <source>Join head office</source>
        <translation>加入总部</translation>
    </message>
    <message>
        <source>Only looking? The demo shop has goods, members and staff; nothing in it is real.</source>
        <translation>只想看看？演示店里有商品、会员和员工，都是虚构的。</translation>
    </message>
    <message>
        <source>Look at the demo shop</source>
        <translation>看演示店</translation>
    </message>
    <message>
        <source>Number of this till (the first is 1)</source>
        <translation>本机号（第一台填 1）</translation>
    </message>
    <message>
        <source>Name of the store manager</source>
        <translation>店长姓名</translation>
    </message>
    <message>
        <source>PIN, 4 to 8 digits</source>
        <translation>密码，4 到 8 位数字</translation>
    </message>
    <message>
        <source>The same PIN again</source>
        <translation>再输一次密码</translation>
    </message>
    <message>
        <source>Log in with your name and PIN, and open the first shift.</source>
        <translation>用姓名和密码登录，开第一个班。</translation>
    </message>
    <message>
        <source>Connect printer and scanner and set them up: F8 here, or later under More.</source>
        <translation>接上打印机和扫码枪并设置：按这里的 F8，或以后在“更多”里设置。</translation>
    </message>
    <message>
        <source>Bring goods and members in from a spreadsheet: guitai import products FILE</source>
        <translation>从表格导入商品和会员：guitai import products 文件</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Demo shop</source>
        <translation>演示店</translation>
    </message>
    <message>
        <source>Set up devices first</source>
        <translation>先设置设备</translation>
    </message>
    <message>
        <source>STEP {number} OF {all}</source>
        <translation>第 {number} 步，共 {all} 步</translation>
    </message>
    <message>
        <source>Welcome to Guitai</source>
        <translation>欢迎使用柜台</translation>
    </message>
    <message>
        <source>Two minutes, and this computer is a till.</source>
        <translation>两分钟，这台电脑就是收银机。</translation>
    </message>
    <message>
        <source>Till and manager</source>
        <translation>本机与店长</translation>
    </message>
    <message>
        <source>The manager may do everything here. Keep the PIN to yourself; it is asked for at every log-in.</source>
        <translation>店长拥有全部权限。密码每次登录都要用，请勿告诉他人。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>设置完成</translation>
    </message>
    <message>
        <source>{shop}  ·  till {number}</source>
        <translation>{shop}  ·  {number} 号机</translation>
    </message>
    <message>
        <source>This till is set up. {name} can log in.</source>
        <translation>本机已设置好，{name}可以登录了。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Set this till up</source>
        <translation>完成设置</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>去登录</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Guitai</source>
        <translation>柜台</translation>
    </message>
</context>
<context>
    <name>ShiftCloseView</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>重打</translation>
    </message>
    <message>
        <source>End the day</source>
        <translation>结束营业</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>交班</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Next or previous face value</source>
        <translation>下一个或上一个面额</translation>
    </message>
    <message>
        <source>Close shift {number}</source>
        <translation>第 {number} 班交班</translation>
    </message>
    <message>
        <source>Count every note and coin in the drawer, float too. What should be there is shown afterwards.</source>
        <translation>请清点钱箱内全部纸币和硬币，含备用金。应有金额点完后才显示。</translation>
    </message>
</context>
<context>
    <name>SlipsPage</name>
    <message>
        <source>Printers that have a slip of some lines of each sale, such as the kitchen&apos;s.</source>
        <translation>把每单的部分商品另行打印的打印机，例如后厨。</translation>
    </message>
    <message>
        <source>No printer has slips.</source>
        <translation>没有出品打印机。</translation>
    </message>
    <message>
        <source>A kitchen or a bar can have what is sold of its goods on paper at once.</source>
        <translation>后厨或吧台可以立即拿到各自商品的出品单。</translation>
    </message>
    <message>
        <source>Add a printer</source>
        <translation>添加打印机</translation>
    </message>
    <message>
        <source>Printers that have slips</source>
        <translation>出品打印机</translation>
    </message>
    <message>
        <source>Name and goods</source>
        <translation>名称与商品</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Name, at the head of its slips</source>
        <translation>名称（印在出品单顶部）</translation>
    </message>
    <message>
        <source>Kitchen</source>
        <translation>后厨</translation>
    </message>
    <message>
        <source>Goods; none ticked for all</source>
        <translation>商品类别；不勾选则为全部</translation>
    </message>
    <message>
        <source>It has all goods. There are no categories to choose from yet.</source>
        <translation>打印全部商品。目前还没有可选的类别。</translation>
    </message>
    <message>
        <source>Papers are shown in a window of their own.</source>
        <translation>单据显示在单独的窗口里。</translation>
    </message>
    <message>
        <source>Choose how its printer is reached.</source>
        <translation>请选择打印机的连接方式。</translation>
    </message>
    <message>
        <source>How the printer is reached</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>All goods</source>
        <translation>全部商品</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>On screen</source>
        <translation>屏幕</translation>
    </message>
</context>
<context>
    <name>StandInPage</name>
    <message>
        <source>Papers are shown in a window of their own.</source>
        <translation>单据显示在单独的窗口里。</translation>
    </message>
    <message>
        <source>While the receipt printer is not ready, papers wait for it.</source>
        <translation>小票打印机未就绪时，单据等它恢复。</translation>
    </message>
    <message>
        <source>A printer that helps out while the other one is not ready</source>
        <translation>小票打印机未就绪时顶替的打印机</translation>
    </message>
    <message>
        <source>After (seconds)</source>
        <translation>等待（秒）</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Shift {number}</source>
        <translation>第 {number} 班</translation>
    </message>
    <message>
        <source>Offline: selling goes on</source>
        <translation>离线：照常收银</translation>
    </message>
    <message>
        <source>Offline: selling goes on · {count} to send</source>
        <translation>离线：照常收银 · {count} 条待上传</translation>
    </message>
    <message>
        <source>Members are coming in</source>
        <translation>正在下载会员</translation>
    </message>
    <message>
        <source>Catching up with head office</source>
        <translation>正在与总部同步</translation>
    </message>
    <message>
        <source>In step with head office</source>
        <translation>已与总部同步</translation>
    </message>
    <message>
        <source>Head office: for the manager</source>
        <translation>总部：请店长查看</translation>
    </message>
    <message>
        <source>For the manager: {count}</source>
        <translation>店长待办：{count}</translation>
    </message>
    <message>
        <source>Receipts waiting: {count}</source>
        <translation>待打印小票 {count}</translation>
    </message>
    <message>
        <source>The stand-in prints</source>
        <translation>备用打印机打印中</translation>
    </message>
    <message>
        <source>Printer ok</source>
        <translation>打印机正常</translation>
    </message>
    <message>
        <source>No printer</source>
        <translation>无打印机</translation>
    </message>
    <message>
        <source>Check the printer</source>
        <translation>请检查打印机</translation>
    </message>
    <message>
        <source>Slip printer gone</source>
        <translation>分单打印机断开</translation>
    </message>
    <message>
        <source>Scanner gone</source>
        <translation>扫码枪断开</translation>
    </message>
    <message>
        <source>Scale gone</source>
        <translation>电子秤断开</translation>
    </message>
    <message>
        <source>Customer display gone</source>
        <translation>客显断开</translation>
    </message>
    <message>
        <source>Drawer gone</source>
        <translation>钱箱断开</translation>
    </message>
    <message>
        <source>Customer&apos;s screen gone</source>
        <translation>顾客屏断开</translation>
    </message>
</context>
<context>
    <name>StepsCard</name>
    <message>
        <source>Count the drawer</source>
        <translation>清点钱箱</translation>
    </message>
    <message>
        <source>Z {number}</source>
        <translation>Z {number}</translation>
    </message>
    <message>
        <source>Z report</source>
        <translation>Z 报表</translation>
    </message>
    <message>
        <source>{count} to be sent</source>
        <translation>{count} 条待上传</translation>
    </message>
    <message>
        <source>By itself, when the line is back</source>
        <translation>联网后自动进行</translation>
    </message>
    <message>
        <source>Send and fetch</source>
        <translation>上传和下载</translation>
    </message>
    <message>
        <source>By itself; you are told</source>
        <translation>自动进行，结果会通知</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>See what to do</source>
        <translation>请看处理办法</translation>
    </message>
    <message>
        <source>Compare with head office</source>
        <translation>与总部核对</translation>
    </message>
    <message>
        <source>Shift {number} · {name}</source>
        <translation>第 {number} 班 · {name}</translation>
    </message>
    <message>
        <source>Exactly right</source>
        <translation>分文不差</translation>
    </message>
    <message>
        <source>Over by {amount}</source>
        <translation>长款 {amount}</translation>
    </message>
    <message>
        <source>Short by {amount}</source>
        <translation>短款 {amount}</translation>
    </message>
</context>
<context>
    <name>TakePartTab</name>
    <message>
        <source>No member yet</source>
        <translation>还没有会员</translation>
    </message>
    <message>
        <source>Scan the card, or type the phone number first.</source>
        <translation>请先扫会员卡，或输入手机号。</translation>
    </message>
    <message>
        <source>Give points</source>
        <translation>赠送积分</translation>
    </message>
    <message>
        <source>A gesture of goodwill, with a manager&apos;s permission</source>
        <translation>表示心意，需店长批准</translation>
    </message>
    <message>
        <source>{days} of {streak} days in a row, then {gift}</source>
        <translation>已连续 {days}/{streak} 天，满后得 {gift}</translation>
    </message>
    <message>
        <source>{amount} more to get it</source>
        <translation>再买 {amount} 可得</translation>
    </message>
    <message>
        <source>With this sale</source>
        <translation>本单可得</translation>
    </message>
    <message>
        <source>How many points?</source>
        <translation>送多少积分？</translation>
    </message>
    <message>
        <source>Why? It is kept in the books.</source>
        <translation>原因？会记入账。</translation>
    </message>
</context>
<context>
    <name>TrainingBand</name>
    <message>
        <source>TRAINING  ·  nothing is sold, nothing is booked  ·  TRAINING</source>
        <translation>练习模式  ·  不是真的销售，不入账  ·  练习模式</translation>
    </message>
</context>
<context>
    <name>TrialPanel</name>
    <message>
        <source>A RECEIPT AS IT WILL BE PRINTED</source>
        <extracomment>What is around the paper in its picture.</extracomment>
        <translation>小票打印效果</translation>
    </message>
    <message>
        <source>Back to the form</source>
        <translation>返回表单</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>放大查看</translation>
    </message>
    <message>
        <source>Receipt as it will be printed</source>
        <translation>小票打印效果</translation>
    </message>
    <message>
        <source>The printer has no such characters: {characters}  It prints □ or a letter like them.</source>
        <translation>打印机没有这些字符：{characters}  会印成 □ 或相近的字母。</translation>
    </message>
</context>
<context>
    <name>VirtualCounterWindow</name>
    <message>
        <source>Virtual scale, display, drawer</source>
        <translation>虚拟电子秤、客显、钱箱</translation>
    </message>
    <message>
        <source>SCALE</source>
        <translation>电子秤</translation>
    </message>
    <message>
        <source>CUSTOMER&apos;S DISPLAY</source>
        <translation>客显</translation>
    </message>
    <message>
        <source>DRAWER</source>
        <translation>钱箱</translation>
    </message>
    <message>
        <source>Tare</source>
        <translation>去皮</translation>
    </message>
    <message>
        <source>Grams</source>
        <translation>克数</translation>
    </message>
    <message>
        <source>Lay it on</source>
        <translation>放上去</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Unsteady</source>
        <translation>晃动</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>没反应</translation>
    </message>
    <message>
        <source>Nonsense</source>
        <translation>乱码</translation>
    </message>
    <message>
        <source>Pulled out</source>
        <translation>已拔掉</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>找零</translation>
    </message>
    <message>
        <source>Push it shut</source>
        <translation>推上钱箱</translation>
    </message>
    <message>
        <source>Plug it in</source>
        <translation>插上</translation>
    </message>
    <message>
        <source>Pull it out</source>
        <translation>拔掉</translation>
    </message>
    <message>
        <source>The drawer is open.</source>
        <translation>钱箱开着。</translation>
    </message>
    <message>
        <source>The drawer is shut.</source>
        <translation>钱箱关着。</translation>
    </message>
</context>
<context>
    <name>VirtualPrinterWindow</name>
    <message>
        <source>Virtual printer</source>
        <extracomment>Papers kept; older ones fall into the bin.</extracomment>
        <translation>虚拟打印机</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关机</translation>
    </message>
    <message>
        <source>No paper</source>
        <translation>缺纸</translation>
    </message>
    <message>
        <source>Lid open</source>
        <translation>开盖</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>卡死</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>不应答</translation>
    </message>
    <message>
        <source>Breaks off</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>很慢</translation>
    </message>
    <message>
        <source>What is wrong with it</source>
        <translation>故障模拟</translation>
    </message>
    <message>
        <source>Push it shut</source>
        <translation>推上钱箱</translation>
    </message>
    <message>
        <source>Nothing was printed yet.</source>
        <translation>还没有打印。</translation>
    </message>
    <message>
        <source>Receipts and reports come out here.</source>
        <translation>小票和报表会从这里出来。</translation>
    </message>
    <message>
        <source>Save the paper as a picture</source>
        <translation>把小票存为图片</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>复制文字</translation>
    </message>
    <message>
        <source>Save as PNG</source>
        <translation>存为 PNG</translation>
    </message>
    <message>
        <source>The drawer is open.</source>
        <translation>钱箱开着。</translation>
    </message>
    <message>
        <source>The drawer is shut.</source>
        <translation>钱箱关着。</translation>
    </message>
    <message>
        <source>Prints and answers.</source>
        <translation>打印并应答。</translation>
    </message>
    <message>
        <source>Switched off: refuses every connection.</source>
        <translation>已关机：拒绝所有连接。</translation>
    </message>
    <message>
        <source>Answers that the paper is out, and prints when it is back.</source>
        <translation>报告缺纸，装纸后继续打印。</translation>
    </message>
    <message>
        <source>Answers that the lid is open, and prints when it is shut.</source>
        <translation>报告开盖，盖好后继续打印。</translation>
    </message>
    <message>
        <source>Takes the connection and then does nothing at all.</source>
        <translation>接受连接，然后毫无反应。</translation>
    </message>
    <message>
        <source>Prints, but never says whether it did.</source>
        <translation>会打印，但从不回报结果。</translation>
    </message>
    <message>
        <source>Drops the connection in the middle of a receipt.</source>
        <translation>打到一半断开连接。</translation>
    </message>
    <message>
        <source>Prints as slowly as on an old serial line.</source>
        <translation>像老串口一样慢。</translation>
    </message>
</context>
<context>
    <name>VirtualScannerWindow</name>
    <message>
        <source>Virtual scanner</source>
        <translation>虚拟扫码枪</translation>
    </message>
    <message>
        <source>Find goods by name or code</source>
        <translation>按品名或条码查找</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Weighed</source>
        <translation>称重</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>Coupons</source>
        <translation>券卡</translation>
    </message>
    <message>
        <source>Faulty</source>
        <translation>异常码</translation>
    </message>
    <message>
        <source>Any other code</source>
        <translation>其他任意内容</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Nothing here to scan.</source>
        <translation>这里没有可扫的。</translation>
    </message>
    <message>
        <source>Plugged in</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Pulled out</source>
        <translation>已拔出</translation>
    </message>
    <message>
        <source>Pull it out</source>
        <translation>拔出</translation>
    </message>
    <message>
        <source>Plug it in</source>
        <translation>插上</translation>
    </message>
    <message>
        <source>Latest receipt</source>
        <translation>最近一张小票</translation>
    </message>
    <message>
        <source>Wrong check digit</source>
        <translation>校验位错误</translation>
    </message>
    <message>
        <source>Half a scan</source>
        <translation>只扫到一半</translation>
    </message>
    <message>
        <source>Unknown here</source>
        <translation>未知商品</translation>
    </message>
    <message>
        <source>Payment code</source>
        <translation>付款码</translation>
    </message>
    <message>
        <source>Code of this one item</source>
        <translation>一物一码</translation>
    </message>
    <message>
        <source>Sold before</source>
        <translation>已售出</translation>
    </message>
    <message>
        <source>Forged code</source>
        <translation>假码</translation>
    </message>
    <message>
        <source>Gold, with a full wallet</source>
        <translation>金卡，券和余额都有</translation>
    </message>
    <message>
        <source>Six check-ins in a row</source>
        <translation>已连续签到六天</translation>
    </message>
    <message>
        <source>Nearly silver</source>
        <translation>差不到百元升银卡</translation>
    </message>
    <message>
        <source>Paper coupon</source>
        <translation>纸券，谁拿谁用</translation>
    </message>
    <message>
        <source>Coupon used before</source>
        <translation>券已用过</translation>
    </message>
    <message>
        <source>Birthday in two days</source>
        <translation>两天后生日</translation>
    </message>
    <message>
        <source>At a port</source>
        <translation>串口扫码枪</translation>
    </message>
    <message>
        <source>As a keyboard</source>
        <translation>键盘扫码枪</translation>
    </message>
    <message>
        <source>Gift card, not sold yet</source>
        <translation>礼品卡，还没卖</translation>
    </message>
    <message>
        <source>Gift card with money on it</source>
        <translation>礼品卡，有余额</translation>
    </message>
    <message>
        <source>Gift card, spent</source>
        <translation>礼品卡，已用完</translation>
    </message>
    <message>
        <source>Published code</source>
        <translation>公开券码</translation>
    </message>
</context>
<context>
    <name>VoidStrip</name>
    <message>
        <source>Rung wrongly</source>
        <translation>录错商品</translation>
    </message>
    <message>
        <source>Customer left</source>
        <translation>顾客不要了</translation>
    </message>
    <message>
        <source>Paid wrongly</source>
        <translation>收款方式错</translation>
    </message>
    <message>
        <source>Everything of it comes back, the money too. This cannot be undone.</source>
        <translation>整单商品和款项全部退回，作废后不能恢复。</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不作废</translation>
    </message>
    <message>
        <source>Void the sale</source>
        <translation>整单作废</translation>
    </message>
    <message>
        <source>Void sale {number}?</source>
        <translation>作废 {number}？</translation>
    </message>
</context>
<context>
    <name>WedgePage</name>
    <message>
        <source>SCANNER THAT TYPES (USB)</source>
        <translation>键盘口扫码枪 (USB)</translation>
    </message>
    <message>
        <source>Works as it is. Only if it was taught to send marks around a code, name them here.</source>
        <translation>插上即用。只有给扫码枪设过前缀或后缀时，才在这里填写。</translation>
    </message>
    <message>
        <source>Before each code</source>
        <translation>前缀</translation>
    </message>
    <message>
        <source>After each code</source>
        <translation>后缀</translation>
    </message>
    <message>
        <source>If codes of a wireless scanner arrive as typing, allow longer pauses: 80 for Bluetooth.</source>
        <translation>如果无线扫码枪的码被当成打字，请放宽间隔：蓝牙用 80。</translation>
    </message>
    <message>
        <source>Longest pause within a code (thousandths of a second)</source>
        <translation>一个码内的最长间隔（毫秒）</translation>
    </message>
</context>
<context>
    <name>WireBox</name>
    <message>
        <source>LAN</source>
        <translation>网口</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>打印队列</translation>
    </message>
    <message>
        <source>On screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>As a keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Speed (baud)</source>
        <translation>波特率</translation>
    </message>
    <message>
        <source>Data bits</source>
        <translation>数据位</translation>
    </message>
    <message>
        <source>Parity</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>even</source>
        <translation>偶</translation>
    </message>
    <message>
        <source>odd</source>
        <translation>奇</translation>
    </message>
    <message>
        <source>Stop bits</source>
        <translation>停止位</translation>
    </message>
    <message>
        <source>Flow control</source>
        <translation>流控</translation>
    </message>
    <message>
        <source>File that takes the bytes</source>
        <translation>输出文件</translation>
    </message>
    <message>
        <source>USB device, maker:model</source>
        <translation>USB 设备（厂商:型号）</translation>
    </message>
    <message>
        <source>Name of the print queue</source>
        <translation>打印队列名称</translation>
    </message>
    <message>
        <source>Its node, or USB maker:model</source>
        <translation>设备节点，或 USB 厂商:型号</translation>
    </message>
    <message>
        <source>Serial port</source>
        <translation>串口</translation>
    </message>
</context>
</TS>
