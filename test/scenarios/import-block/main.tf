resource "aws_kms_key" "orders" {}

resource "aws_kms_key" "reports" {
  description = "Reports"
}

import {
  to = aws_kms_key.reports
  id = "00000000-0000-4000-8000-000000000002"
}
