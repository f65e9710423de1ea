services = ["ledger", "orders"]
