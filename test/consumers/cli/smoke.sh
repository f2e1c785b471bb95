#!/usr/bin/env bash
# The command of the packed package, as the Node on the PATH runs it.
set -euo pipefail

server=
finish() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi
}
trap finish EXIT

PATH=$PWD/node_modules/.bin:$PATH
package=node_modules/crabapple

crabapple --version >/dev/null
crabapple validate $package/scenarios/*.yaml $package/scenarios/*/*.yaml >/dev/null

rm -f ready.json
crabapple serve --port 0 --tls-port 0 --ready-file ready.json >serve.log 2>&1 &
server=$!
for _ in $(seq 200); do
  [ -s ready.json ] && break
  sleep 0.1
done
url=$(node -p 'JSON.parse(require("node:fs").readFileSync("ready.json", "utf8")).url')
crabapple readyz --url "$url" --timeout 10s >/dev/null
# Not `grep -q`, which would leave before the command has said all.
crabapple env --url "$url" | grep CRABAPPLE_CONSUMER_KEY >/dev/null
status=$(curl -s -o answer -w '%{http_code}' "$url/account" -A consumer)
[ "$status" = 401 ] && [ "$(cat answer)" = UNAUTHORIZED ]
openssl req -x509 -newkey rsa:2048 -nodes -keyout token.key -out token.pem -days 1 -subj /CN=consumer 2>/dev/null
crabapple token --url "$url" --public-key token.pem --out token.p7m >/dev/null
openssl smime -decrypt -in token.p7m -inkey token.key | grep BEGIN >/dev/null
crabapple push-cert --url "$url" --out push.pem --key-out push.key --p12 push.p12 >/dev/null
crabapple content-token --url "$url" --out location.vpptoken >/dev/null
kill -TERM "$server"
wait "$server"
server=

crabapple exec --report junit:report.xml scenario.yaml -- node mdm.js
grep 'failures="0"' report.xml >/dev/null
# A command that does not do what the scenario expects.
code=0
crabapple exec scenario.yaml -- node --version >/dev/null 2>&1 || code=$?
[ "$code" = 3 ]
echo "cli: version, validate, serve, readyz, env, token, push-cert, content-token, exec"
