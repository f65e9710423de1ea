owner        = "platform"
key_material = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="

domains = {
  orders = {
    keys = { data = "SYMMETRIC_DEFAULT", "event log" = "SYMMETRIC_DEFAULT" }
    days = 180
    tags = { pii = "yes" }
  }
  payments = {
    keys     = { data = "SYMMETRIC_DEFAULT", codes = "HMAC_384" }
    rotation = false
  }
  empty = { keys = {} }
}
