teams = {
  orders = {
    shards = 2
  }
  fraud = {
    spec = "RSA_4096" # was SYMMETRIC_DEFAULT
  }
}
adopted = {
  reports = "00000000-0000-4000-8000-000000000005"
}
