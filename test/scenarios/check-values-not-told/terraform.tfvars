services = ["ledger"]
