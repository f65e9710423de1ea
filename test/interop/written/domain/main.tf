terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.recovery]
    }
  }
}

variable "name" {
  type = string
}

variable "settings" {
  type = object({
    keys     = map(string)
    rotation = bool
    days     = optional(number)
  })
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "window" {
  type = number
}

locals {
  usage_of = {
    SYMMETRIC_DEFAULT = "ENCRYPT_DECRYPT"
    HMAC_384          = "GENERATE_VERIFY_MAC"
  }
}

module "key" {
  source   = "./key"
  for_each = var.settings.keys

  name                = "${var.name}/${each.key}"
  spec                = each.value
  usage               = local.usage_of[each.value]
  enable_key_rotation = each.value == "SYMMETRIC_DEFAULT" && var.settings.rotation
  rotation_days       = var.settings.days
  window              = var.window
  tags                = merge(var.tags, { key = each.key })
}

# One key of each domain in the other Region.
module "copy" {
  source = "./key"
  count  = length(var.settings.keys) > 0 ? 1 : 0

  name      = "${var.name} recovery"
  window    = var.window
  providers = { aws = aws.recovery }
}

output "arns" {
  value = { for name, key in module.key : name => key.arn }
}
