# Keys whose material is not made, or not kept, by KMS.

variable "settlement_material" {
  description = "From the clearing house, good until it expires; base64"
  type        = string
  sensitive   = true
}

resource "aws_kms_external_key" "settlement" {
  description         = "Settlement files; key material from the clearing house"
  key_material_base64 = var.settlement_material
  valid_to            = "2026-12-02T12:00:00Z"
  tags                = local.tags
}

resource "aws_kms_key" "partner_bank" {
  provider = aws.us

  is_enabled = false # until the bank has sent its key
}

data "aws_kms_custom_key_store" "pin_hsm" {
  provider = aws.us

  custom_key_store_name = "pin-hsm"
}

resource "aws_kms_key" "pin_blocks" {
  provider = aws.us

  custom_key_store_id = data.aws_kms_custom_key_store.pin_hsm.id
}

variable "custody" {
  description = "The external key store, and the key that the custodian keeps for us"
  type        = object({ key_store = string, key = string })
  default     = { key_store = "cks-5a1b2c3d4e5f60718", key = "bb8562717f809024" }
}

resource "aws_kms_key" "custody" {
  description         = "Money we hold for others; the key itself is the custodian's"
  custom_key_store_id = var.custody.key_store
  xks_key_id          = var.custody.key
  tags                = local.tags
}
