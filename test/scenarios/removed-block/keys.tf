resource "aws_kms_key" "orders" {
}

removed {
  from = aws_kms_key.handed_over

  lifecycle {
    destroy = false
  }
}
