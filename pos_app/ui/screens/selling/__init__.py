"""The selling screen: one box, the basket, the member, what is to pay."""
