key_spec = "RSA_2048"
