locals {
  keys = {
    orders  = aws_kms_key.orders.key_id
    archive = aws_kms_key.archive.key_id
  }
}

resource "aws_kms_key" "orders" {
}

resource "aws_kms_key" "archive" {
}

# The next apply makes the one, and would take the other from the archive: a change that waits is no drift.
resource "aws_kms_alias" "named" {
  for_each      = local.keys
  name          = "alias/${each.key}"
  target_key_id = each.value
}

resource "aws_kms_alias" "reports" {
  name          = "alias/reports"
  target_key_id = aws_kms_key.orders.arn
}

resource "aws_kms_key" "next" {
  count = 2
}

resource "aws_kms_alias" "next" {
  count         = 2
  name          = "alias/next-${count.index}"
  target_key_id = aws_kms_key.next[count.index].arn
}

# A key that another tool made, and this code names.
resource "aws_kms_alias" "shared" {
  name          = "alias/shared"
  target_key_id = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000003"
}
