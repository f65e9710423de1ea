resource "aws_kms_custom_key_store" "hsm" {
  cloud_hsm_cluster_id     = "cluster-2b34c5defgh"
  custom_key_store_name    = "${local.prefix}-hsm"
  key_store_password       = "noplaintextpasswords1"
  trust_anchor_certificate = "anchor-certificate-contents"
}

resource "aws_kms_custom_key_store" "xks" {
  custom_key_store_name  = "${local.prefix}-xks"
  custom_key_store_type  = "EXTERNAL_KEY_STORE"
  xks_proxy_connectivity = "PUBLIC_ENDPOINT"
  xks_proxy_uri_endpoint = "https://xks.example.com"
  xks_proxy_uri_path     = "/kms/xks/v1"
  xks_proxy_authentication_credential {
    access_key_id         = "AKIAEXAMPLEXKSPROXY1"
    raw_secret_access_key = "no+secret+at+all+1234567890abcdefghijklmnopqrstu="
  }
}

data "aws_kms_custom_key_store" "given" {
  custom_key_store_id = "cks-1234567890abcdef0"
}

resource "aws_kms_key" "hsm" {
  description             = "hsm"
  custom_key_store_id     = data.aws_kms_custom_key_store.given.id
  deletion_window_in_days = var.window
}

resource "aws_kms_key" "xks" {
  description             = "xks"
  custom_key_store_id     = "cks-234567890abcdef01"
  xks_key_id              = "bb8562717f809024"
  deletion_window_in_days = var.window
}
