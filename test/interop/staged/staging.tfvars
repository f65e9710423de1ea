keys = ["orders"]
