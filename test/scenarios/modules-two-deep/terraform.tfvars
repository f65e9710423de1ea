teams = {
  orders = {
    shards = 2
  }
  fraud = {
    spec = "SYMMETRIC_DEFAULT"
  }
}
