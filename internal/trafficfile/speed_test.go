package trafficfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/hostledger/hostledger/internal/trafficfile"
)

func BenchmarkDump(b *testing.B) {
	var dump bytes.Buffer
	dump.WriteString("INSERT INTO `domains` (`id`,`name`) VALUES (1,'example.com');\n")
	dump.WriteString("CREATE TABLE `DomainsTraffic` (`dom_id` int, `date` date, `http_in` bigint, `http_out` bigint, `ftp_in` bigint, `ftp_out` bigint, `smtp_in` bigint, `smtp_out` bigint, `pop3_imap_in` bigint, `pop3_imap_out` bigint, PRIMARY KEY (`dom_id`,`date`));\n")
	const rows = 200_000
	for i := range rows {
		if i%10_000 == 0 {
			dump.WriteString("INSERT INTO `DomainsTraffic` VALUES ")
		}
		fmt.Fprintf(&dump, "(1,'2026-01-%02d',%d,%d,0,0,%d,%d,%d,%d)", i%28+1, i*1000, i*12345, i*77, i*99, i, i*3)
		dump.WriteByte(",;"[(i+1)%10_000/9_999*0+b2i((i+1)%10_000 == 0)])
	}
	benchmarkReader(b, dump.Bytes(), rows, func(source io.Reader) (trafficfile.Reader, error) {
		plain, err := trafficfile.Plain(source)
		return trafficfile.NewDump(plain, nil), err
	})
}

func b2i(is bool) int {
	if is {
		return 1
	}
	return 0
}

func BenchmarkCSV(b *testing.B) {
	var lines bytes.Buffer
	lines.WriteString("name,date,http_in,http_out,ftp_in,ftp_out,smtp_in,smtp_out,pop3_imap_in,pop3_imap_out\n")
	const rows = 200_000
	for i := range rows {
		fmt.Fprintf(&lines, "example.com,2026-01-%02d,%d,%d,0,0,%d,%d,%d,%d\n", i%28+1, i*1000, i*12345, i*77, i*99, i, i*3)
	}
	benchmarkReader(b, lines.Bytes(), rows, func(source io.Reader) (trafficfile.Reader, error) {
		plain, err := trafficfile.Plain(source)
		if err != nil {
			return nil, err
		}
		return trafficfile.NewCSV(plain)
	})
}

func benchmarkReader(b *testing.B, text []byte, want int, open func(io.Reader) (trafficfile.Reader, error)) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		reader, err := open(bytes.NewReader(text))
		if err != nil {
			b.Fatal(err)
		}
		got := 0
		for ; ; got++ {
			if _, err = reader.Read(); err != nil {
				break
			}
		}
		if !errors.Is(err, io.EOF) || got != want {
			b.Fatalf("got %d records and the error %v, want %d records", got, err, want)
		}
	}
}
