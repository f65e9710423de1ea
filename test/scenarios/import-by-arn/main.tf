resource "aws_kms_key" "orders" {
}

resource "aws_kms_external_key" "byok" {
}

import {
  to = aws_kms_external_key.byok
  id = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000002"
}
