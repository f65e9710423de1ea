resource "aws_kms_custom_key_store" "hsm" {
  custom_key_store_name = "hsm"
  cloud_hsm_cluster_id  = "cluster-2b34c5defgh"
  key_store_password    = "noplaintextpasswords1"
}

resource "aws_kms_custom_key_store" "spare" {
  custom_key_store_name = "spare"
  cloud_hsm_cluster_id  = "cluster-3c45d6efghi"
  key_store_password    = "noplaintextpasswords1"
}

# It lives in the spare one.
resource "aws_kms_key" "moved" {
  custom_key_store_id = aws_kms_custom_key_store.hsm.id
}

# It lives where it is declared: unless an apply replaces the store, nothing becomes of it.
resource "aws_kms_key" "settled" {
  custom_key_store_id = aws_kms_custom_key_store.hsm.id
}
