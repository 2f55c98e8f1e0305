# Writes what a client trusts and where it signs. Sourced by up.sh.

# make_trust DIR writes trusted_root.json; signing_config.json (Rekor v2 and a timestamp authority), .rekor1.json (Rekor v1
# alone), .rekor1tsa.json (Rekor v1 and a timestamp authority) and .noct.json (Fulcio without a certificate log, Rekor v2 and a
# timestamp authority); and for each of them trust_config*.json for sigstore-python.
make_trust() {
  local d=$1 t=2025-01-01T00:00:00Z c=$STACK_BIN/cosign rekor1=()
  mkdir -p "$d"
  local s H=$STACK_HOST P=$STACK_STATE/pki
  [ "$STACK_REKOR1" != 1 ] || rekor1=(--rekor "url=http://$H:$REKOR1_PORT,public-key=$P/rekor1.pub,start-time=$t")
  "$c" trusted-root create \
    --fulcio "url=http://$H:$FULCIO_PORT,certificate-chain=$P/fulcio-chain.pem,start-time=$t" \
    --ctfe "url=http://$H:$CT_PORT,public-key=$P/ct.pub,start-time=$t" \
    --rekor "url=http://$H:$REKOR2_PORT,public-key=$P/rekor2.pub,start-time=$t,origin=$H" \
    "${rekor1[@]}" \
    --tsa "url=http://$H:$TSA_PORT/api/v1/timestamp,certificate-chain=$P/tsa-chain.pem,start-time=$t" \
    --out "$d/trusted_root.json"
  local common=(--oidc-provider "url=http://$H:$OIDC_PORT/email,api-version=1,start-time=$t,operator=local.test")
  local fulcio=(--fulcio "url=http://$H:$FULCIO_PORT,api-version=1,start-time=$t,operator=local.test")
  local noct=(--fulcio "url=http://$H:$FULCIO_NOCT_PORT,api-version=1,start-time=$t,operator=local.test")
  local r2=(--rekor "url=http://$H:$REKOR2_PORT,api-version=2,start-time=$t,operator=local.test" --rekor-config ANY)
  local r1=(--rekor "url=http://$H:$REKOR1_PORT,api-version=1,start-time=$t,operator=local.test" --rekor-config ANY)
  local tsa=(--tsa "url=http://$H:$TSA_PORT/api/v1/timestamp,api-version=1,start-time=$t,operator=local.test" --tsa-config ANY)
  "$c" signing-config create "${common[@]}" "${fulcio[@]}" "${r2[@]}" "${tsa[@]}" --out "$d/signing_config.json"
  "$c" signing-config create "${common[@]}" "${noct[@]}" "${r2[@]}" "${tsa[@]}" --out "$d/signing_config.noct.json"
  "$c" signing-config create "${common[@]}" "${fulcio[@]}" "${r1[@]}" --out "$d/signing_config.rekor1.json"
  "$c" signing-config create "${common[@]}" "${fulcio[@]}" "${r1[@]}" "${tsa[@]}" --out "$d/signing_config.rekor1tsa.json"
  for s in "" .noct .rekor1 .rekor1tsa; do
    node "$here/trust-config.mjs" "$d/trusted_root.json" "$d/signing_config$s.json" "$d/trust_config$s.json"
  done
}

# seed_logs DIR adds one entry to each log. The only entry of a log has the index 0 and no hashes, which protobuf leaves out of
# JSON, and sigstore-python 4.5.1 refuses to read a bundle without them.
seed_logs() {
  local d=$1 s t
  for s in "" .rekor1tsa; do
    [ "$s" = "" ] || [ "$STACK_REKOR1" = 1 ] || continue
    t=$(curl -sf "http://$STACK_HOST:$OIDC_PORT/email/token?email=seed@example.com" | sed 's/.*"value":"\([^"]*\)".*/\1/')
    "$STACK_BIN/cosign" sign-blob --yes --identity-token "$t" --signing-config "$d/signing_config$s.json" \
      --trusted-root "$d/trusted_root.json" --bundle "$d/.seed.json" "$d/trusted_root.json" >/dev/null 2>"$d/.seed.log" || { cat "$d/.seed.log" >&2; return 1; }
  done
  rm -f "$d/.seed.json" "$d/.seed.log"
}
