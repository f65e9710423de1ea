resource "aws_kms_key" "family" {
  description             = "family"
  multi_region            = local.recoverable
  enable_key_rotation     = true
  deletion_window_in_days = var.window
}

resource "aws_kms_replica_key" "family" {
  provider                = aws.recovery
  description             = "family in ${var.recovery_region}"
  primary_key_arn         = aws_kms_key.family.arn
  deletion_window_in_days = var.window
}

resource "aws_kms_alias" "family" {
  for_each      = { home = aws_kms_key.family.key_id }
  name          = "alias/family"
  target_key_id = each.value
}

resource "aws_kms_external_key" "imported" {
  description             = "imported"
  multi_region            = true
  key_material_base64     = var.key_material
  valid_to                = "2099-01-01T00:00:00Z"
  enabled                 = true
  deletion_window_in_days = var.window
}

resource "aws_kms_replica_external_key" "imported" {
  provider                = aws.recovery
  description             = "imported replica"
  primary_key_arn         = aws_kms_external_key.imported.arn
  key_material_base64     = var.key_material
  enabled                 = true
  deletion_window_in_days = var.window
}

# Waits for its material.
resource "aws_kms_external_key" "waiting" {
  deletion_window_in_days = var.window
}
