keys = ["orders", "tokens"]
spec = "RSA_2048"
