terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "name" { type = string }
variable "window" { type = number }
variable "spec" {
  type    = string
  default = "SYMMETRIC_DEFAULT"
}
variable "usage" {
  type    = string
  default = "ENCRYPT_DECRYPT"
}
variable "enable_key_rotation" {
  type    = bool
  default = false
}
variable "rotation_days" {
  type    = number
  default = null
}
variable "tags" {
  type    = map(string)
  default = {}
}

resource "aws_kms_key" "this" {
  description              = "The key of ${var.name}"
  customer_master_key_spec = var.spec
  key_usage                = var.usage
  enable_key_rotation      = var.enable_key_rotation
  rotation_period_in_days  = var.enable_key_rotation ? var.rotation_days : null
  deletion_window_in_days  = var.window
  tags                     = var.tags
}

resource "aws_kms_alias" "this" {
  name          = "alias/${replace(var.name, " ", "-")}"
  target_key_id = aws_kms_key.this.arn
}

output "arn" {
  value = aws_kms_key.this.arn
}
