"""The customer's screen: a second window that shows what is rung, what it saves, what is due and what was earned."""
