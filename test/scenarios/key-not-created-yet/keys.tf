resource "aws_kms_key" "orders" {
}

resource "aws_kms_key" "next" {
  description = "Waits for its first apply"
}

resource "aws_kms_key" "switched_off" {
  count = 0
}

resource "aws_kms_key" "perhaps" {
  count = var.with_archive ? 1 : 0
}
