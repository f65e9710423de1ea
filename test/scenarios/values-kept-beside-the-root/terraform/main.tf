terraform {
  backend "local" {}
}

variable "archive" {
  default = false
}

resource "aws_kms_key" "archive" {
  count = var.archive ? 1 : 0
}
