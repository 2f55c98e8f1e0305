// Reads the in-toto statements in files with in-toto's own Go types, strictly: a member that a type does not have is an error. Prints the
// predicate type of each, and whether the predicate has a type too.
package main

import (
	"fmt"
	"os"

	link "github.com/in-toto/attestation/go/predicates/link/v0"
	provenance "github.com/in-toto/attestation/go/predicates/provenance/v1"
	release1 "github.com/in-toto/attestation/go/predicates/release/v0"
	release2 "github.com/in-toto/attestation/go/predicates/release/v02"
	result "github.com/in-toto/attestation/go/predicates/test_result/v0"
	summary "github.com/in-toto/attestation/go/predicates/vsa/v1"
	vulns "github.com/in-toto/attestation/go/predicates/vulns/v02"
	attestation "github.com/in-toto/attestation/go/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// The types that in-toto publishes as protocol buffers.
var predicates = map[string]func() proto.Message{
	"https://in-toto.io/attestation/link/v0.3":        func() proto.Message { return &link.Link{} },
	"https://in-toto.io/attestation/release/v0.1":     func() proto.Message { return &release1.Release{} },
	"https://in-toto.io/attestation/release/v0.2":     func() proto.Message { return &release2.Release{} },
	"https://in-toto.io/attestation/test-result/v0.1": func() proto.Message { return &result.TestResult{} },
	"https://in-toto.io/attestation/vulns/v0.2":       func() proto.Message { return &vulns.Vulns{} },
	"https://slsa.dev/provenance/v1":                  func() proto.Message { return &provenance.Provenance{} },
	"https://slsa.dev/verification_summary/v1":        func() proto.Message { return &summary.VerificationSummary{} },
}

type validated interface{ Validate() error }

func main() {
	for _, path := range os.Args[1:] {
		text, err := os.ReadFile(path)
		if err == nil {
			err = read(text)
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			os.Exit(1)
		}
	}
}

func read(text []byte) error {
	statement := &attestation.Statement{}
	if err := protojson.Unmarshal(text, statement); err != nil {
		return err
	}
	if err := statement.Validate(); err != nil {
		return err
	}
	if empty, known := predicates[statement.GetPredicateType()]; known {
		message := empty()
		predicate, err := statement.GetPredicate().MarshalJSON()
		if err != nil {
			return err
		}
		if err := protojson.Unmarshal(predicate, message); err != nil {
			return fmt.Errorf("%s: %w", statement.GetPredicateType(), err)
		}
		if one, ok := message.(validated); ok {
			if err := one.Validate(); err != nil {
				return fmt.Errorf("%s: %w", statement.GetPredicateType(), err)
			}
		}
		fmt.Println(statement.GetPredicateType(), "typed")
		return nil
	}
	fmt.Println(statement.GetPredicateType())
	return nil
}
