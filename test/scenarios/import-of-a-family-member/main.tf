resource "aws_kms_key" "orders" {
}

resource "aws_kms_key" "global" {
  multi_region = true
}

import {
  to = aws_kms_key.global
  id = "mrk-00000000000040008000000000000001"
}
