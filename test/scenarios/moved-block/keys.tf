resource "aws_kms_key" "orders" {
}

resource "aws_kms_key" "team" {
  for_each = toset(["payments"])
}

moved {
  from = aws_kms_key.old_name
  to   = aws_kms_key.orders
}

moved {
  from = aws_kms_key.team[0]
  to   = aws_kms_key.team["payments"]
}
