resource "aws_kms_key" "orders" {
}

resource "aws_kms_key" "reports" {
}

import {
  to = aws_kms_key.reports
  id = var.reports_key_id
}
