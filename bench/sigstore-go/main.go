// Command sigstore-go verifies bundles with sigstore-go, one after another in one process, for two seconds, and prints what that cost as
// JSON. bench/verify.mjs builds and runs it.
//
// Usage: sigstore-go TRUSTED_ROOT ARTIFACT IDENTITY ISSUER BUNDLE...
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/sigstore/sigstore-go/pkg/bundle"
	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/verify"
)

const (
	warmUp   = 50
	duration = 2 * time.Second
)

func main() {
	if len(os.Args) < 6 {
		fail(fmt.Errorf("usage: sigstore-go TRUSTED_ROOT ARTIFACT IDENTITY ISSUER BUNDLE"))
	}
	trustedRoot, err := root.NewTrustedRootFromPath(os.Args[1])
	fail(err)
	artifact := read(os.Args[2])
	identity, err := verify.NewShortCertificateIdentity(os.Args[4], "", os.Args[3], "")
	fail(err)
	verifier, err := verify.NewVerifier(trustedRoot,
		verify.WithSignedCertificateTimestamps(1), verify.WithTransparencyLog(1), verify.WithObserverTimestamps(1))
	fail(err)
	var bundles [][]byte
	for _, path := range os.Args[5:] {
		bundles = append(bundles, read(path))
	}

	// Reads and verifies one bundle, from its JSON.
	once := func(text []byte) {
		var signed bundle.Bundle
		fail(signed.UnmarshalJSON(text))
		policy := verify.NewPolicy(verify.WithArtifact(bytes.NewReader(artifact)), verify.WithCertificateIdentity(identity))
		_, err := verifier.Verify(&signed, policy)
		fail(err)
	}
	for count := range warmUp {
		once(bundles[count%len(bundles)])
	}
	started, before := time.Now(), processorTime()
	count := 0
	for ; time.Since(started) < duration; count++ {
		once(bundles[count%len(bundles)])
	}
	used, passed := processorTime()-before, time.Since(started)
	fail(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"rate":      float64(count) / passed.Seconds(),
		"processor": float64(used.Microseconds()) / 1000 / float64(count),
		"version":   version(),
	}))
}

// processorTime returns the user and system time of all threads of this process.
func processorTime() time.Duration {
	var usage syscall.Rusage
	fail(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// version returns the version of sigstore-go, such as v1.3.0.
func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/sigstore/sigstore-go" {
			return module.Version
		}
	}
	return "unknown"
}

func read(path string) []byte {
	text, err := os.ReadFile(path)
	fail(err)
	return text
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
