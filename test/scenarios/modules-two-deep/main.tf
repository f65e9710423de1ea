variable "teams" {
  type = map(object({
    spec   = optional(string, "SYMMETRIC_DEFAULT")
    shards = optional(number, 1)
  }))
}

variable "adopted" {
  type    = map(string)
  default = {}
}

provider "aws" {
  region = "eu-west-1"
}

module "team" {
  source   = "./modules/team"
  for_each = var.teams
  name     = each.key
  spec     = each.value.spec
  shards   = each.value.shards
}

import {
  for_each = var.adopted
  to       = aws_kms_key.adopted[each.key]
  id       = each.value
}
