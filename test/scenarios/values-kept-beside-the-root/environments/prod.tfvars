archive = true
