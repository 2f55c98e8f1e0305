# make_pki DIR makes the keys and certificates, with openssl. All are P-256 or Ed25519, unencrypted, and for tests only.
# Sourced by up.sh.
make_pki() {
  local d=$1; mkdir -p "$d"; chmod 700 "$d"
  ec() { openssl ecparam -name prime256v1 -genkey -noout -out "$1" 2>/dev/null; }

  # Fulcio: root -> intermediate (code signing); the chain starts with the intermediate
  ec "$d/fulcio-root.key"
  openssl req -x509 -new -key "$d/fulcio-root.key" -sha256 -days 3650 -subj "/O=local.test/CN=local-fulcio-root" \
    -addext basicConstraints=critical,CA:TRUE,pathlen:1 -addext keyUsage=critical,keyCertSign,cRLSign -out "$d/fulcio-root.pem"
  ec "$d/fulcio-intermediate.key"
  printf 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nextendedKeyUsage=codeSigning\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n' > "$d/x.ext"
  openssl req -new -key "$d/fulcio-intermediate.key" -subj "/O=local.test/CN=local-fulcio-intermediate" |
    openssl x509 -req -sha256 -days 3000 -CA "$d/fulcio-root.pem" -CAkey "$d/fulcio-root.key" -set_serial "0x$(openssl rand -hex 16)" -extfile "$d/x.ext" -out "$d/fulcio-intermediate.pem" 2>/dev/null
  cat "$d/fulcio-intermediate.pem" "$d/fulcio-root.pem" > "$d/fulcio-chain.pem"

  # TSA: root -> leaf with the single, critical time-stamping usage
  ec "$d/tsa-root.key"
  openssl req -x509 -new -key "$d/tsa-root.key" -sha256 -days 3650 -subj "/O=local.test/CN=local-tsa-root" \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign -out "$d/tsa-root.pem"
  ec "$d/tsa.key"
  printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n' > "$d/x.ext"
  openssl req -new -key "$d/tsa.key" -subj "/O=local.test/CN=local-tsa" |
    openssl x509 -req -sha256 -days 3000 -CA "$d/tsa-root.pem" -CAkey "$d/tsa-root.key" -set_serial "0x$(openssl rand -hex 16)" -extfile "$d/x.ext" -out "$d/tsa.pem" 2>/dev/null
  cat "$d/tsa.pem" "$d/tsa-root.pem" > "$d/tsa-chain.pem"
  rm "$d/x.ext"

  # Logs: CT (TesseraCT reads only the SEC1 form), Rekor v2 (Ed25519), Rekor v1 (P-256)
  ec "$d/ct.key";     openssl pkey -in "$d/ct.key" -pubout -out "$d/ct.pub"
  openssl genpkey -algorithm ed25519 -out "$d/rekor2.key"; openssl pkey -in "$d/rekor2.key" -pubout -out "$d/rekor2.pub"
  ec "$d/rekor1.key"; openssl pkey -in "$d/rekor1.key" -pubout -out "$d/rekor1.pub"
}
