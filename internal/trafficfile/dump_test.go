package trafficfile_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/hostledger/hostledger/internal/trafficfile"
	"github.com/hostledger/hostledger/ledger"
)

const (
	createDomains = "CREATE TABLE `domains` (\n`id` int, `name` varchar(255) COMMENT 'a, b) \\' -- #', `price` decimal(5,2),\nPRIMARY KEY (`id`), UNIQUE KEY `name` (`name`(20))) ENGINE=InnoDB;\n"
	createTraffic = "CREATE TABLE IF NOT EXISTS `DomainsTraffic` (`dom_id` int, `date` date, `http_in` bigint, `smtp_out` bigint,\n"
	oneDomain     = "INSERT INTO `domains` VALUES (1,'example.com',0.50);\n"
	oneRow        = "INSERT INTO `DomainsTraffic` VALUES (1,'2026-02-01',7,8);"
	wantRow       = "example.com 0 2026-02-01 http_in=7 smtp_out=8"
)

// openDump opens a dump, which should look like one.
func openDump(t *testing.T, text string) *trafficfile.Dump {
	t.Helper()
	plain, err := trafficfile.Plain(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if !trafficfile.IsDump(plain) {
		t.Errorf("not taken for a dump: %q", text)
	}
	return trafficfile.NewDump(plain, nil)
}

func TestDump(t *testing.T) {
	const columns = "CREATE TABLE `domains` (`id` int, `name` text);\n" + createTraffic + "PRIMARY KEY (`dom_id`,`date`));"
	for name, text := range map[string]string{
		"as it is":          "-- MySQL dump\n" + createDomains + oneDomain + createTraffic + "PRIMARY KEY (`dom_id`,`date`),\nKEY `date` (`date`));\n" + oneRow,
		"complete inserts":  "INSERT INTO `domains` (`name`, `id`) VALUES ('example.com',1);INSERT INTO `DomainsTraffic` (`http_in`,`date`,`smtp_out`,`dom_id`) VALUES (7,'2026-02-01',8,1);",
		"quoted otherwise":  `insert ignore into psa.domains (id, "name") values (1, "example.com"); REPLACE INTO "psa"."domainstraffic" (dom_id, date, http_in, smtp_out) VALUES ('1', '2026-02-01', '7', '8');`,
		"packed":            packed(columns + "INSERT INTO `domains` VALUES (1,'example.com');" + oneRow),
		"space":             columns + "\nINSERT INTO `domains`\nVALUES\n  ( 1 , _utf8mb3 'example.com' )\n;\n" + strings.ReplaceAll(oneRow, ",", " ,\n "),
		"another database":  "USE `dns`;" + createDomains + "INSERT INTO `domains` VALUES (1,'other.example',0);USE `psa`;" + createDomains + oneDomain + createTraffic + "KEY `date` (`date`));" + oneRow,
		"other tables":      "/*M!999999\\- enable the sandbox mode */\nDROP TABLE IF EXISTS `a`;CREATE TABLE `a` (`x;` int DEFAULT ';');INSERT INTO `a` VALUES ('\\';''INSERT INTO `domains` VALUES (1,2,3);'),(_binary 'a\\0b'),(0x00FF);" + columns + "INSERT INTO `domains` VALUES (1,'example.com');" + oneRow,
		"triggers":          columns + "DELIMITER ;;\n/*!50003 CREATE*/ BEGIN INSERT INTO DomainsTraffic VALUES (1,2,3,4); END */;;\nDELIMITER  ;\nINSERT INTO `domains` VALUES (1,'example.com');" + oneRow,
		"a row to the line": columns + "INSERT INTO `domains` VALUES\n(2,'it\\'s \\\\ ''x''\\n'),\n(1,'example.com');\n" + oneRow,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readAll(openDump(t, text))
			if len(got) != 1 || !strings.HasSuffix(got[0], ": "+wantRow) || !errors.Is(err, io.EOF) {
				t.Errorf("got %q and the error %v, want %q", got, err, wantRow)
			}
		})
	}
}

// testdata/psa.sql says how these were recorded.
func TestRecordedFiles(t *testing.T) {
	want := []string{
		"example.com 0 2026-02-01 http_in=1 http_out=2 ftp_in=3 ftp_out=4 smtp_in=5 smtp_out=6 pop3_imap_in=7 pop3_imap_out=8",
		"xn--exmple-cua.net 0 2026-02-01 http_in=10 http_out=20 ftp_in=30 ftp_out=40 smtp_in=50 smtp_out=60 pop3_imap_in=70 pop3_imap_out=80",
		"gone.example 0 2026-02-01 http_in=1 http_out=1 ftp_in=1 ftp_out=1 smtp_in=1 smtp_out=1 pop3_imap_in=1 pop3_imap_out=1",
	}
	for _, name := range []string{"whole.sql", "complete.sql", "query.tsv"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := trafficfile.Plain(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		var reader trafficfile.Reader
		if isDump := trafficfile.IsDump(plain); isDump != (filepath.Ext(name) == ".sql") {
			t.Errorf("%s: taken for a dump: %v", name, isDump)
		} else if isDump {
			domains, err := trafficfile.ReadDomains(bytes.NewReader(text)) // which come last in a whole database
			if err != nil {
				t.Fatal(err)
			}
			reader = trafficfile.NewDump(plain, domains)
		} else if reader, err = trafficfile.NewCSV(plain); err != nil {
			t.Fatal(err)
		}
		got, err := readAll(reader)
		for i := range got {
			_, got[i], _ = strings.Cut(got[i], ": ")
		}
		if !slices.Equal(got, want) || !errors.Is(err, io.EOF) {
			t.Errorf("%s: got the error %v and\n%s", name, err, strings.Join(got, "\n"))
		}
	}
}

func TestRowsOfADumpThatAreWrong(t *testing.T) {
	got, err := readAll(openDump(t, createDomains+oneDomain+createTraffic+"KEY `date` (`date`));\nINSERT INTO `DomainsTraffic` VALUES\n"+
		"(2,'2026-02-01',1,1),\n(1,'0000-00-00',1,1),\n(1,'2026-02-01',-1,1),\n(1,'2026-02-01',NULL,9223372036854775808),\n(1,NULL,1,1),\n(1,'2026-02-01',1.5,1),\n(1),\n(1,'2026-02-01',NULL,2,3,4)"+
		";"))
	want := []string{
		`line 8: dom_id: no domain in the dump has the id "2"`,
		`line 9: date: "0000-00-00" is not a date of the form YYYY-MM-DD`,
		`line 10: http_in: "-1" is not a whole number of bytes from 0 to 9223372036854775807`,
		`line 11: smtp_out: "9223372036854775808" is not a whole number of bytes from 0 to 9223372036854775807`,
		`line 12: date: "" is not a date of the form YYYY-MM-DD`,
		`line 13: http_in: "1.5" is not a whole number of bytes from 0 to 9223372036854775807`,
		`line 14: date: "" is not a date of the form YYYY-MM-DD`,
		"line 15: example.com 0 2026-02-01 http_in=0 smtp_out=2",
	}
	if !slices.Equal(got, want) || !errors.Is(err, io.EOF) {
		t.Errorf("got the error %v and\n%s\nwant\n%s", err, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestDumpThatIsNone(t *testing.T) {
	const whole = createDomains + oneDomain + createTraffic + "KEY (`date`));" + oneRow
	for text, want := range map[string]string{
		"-- nothing":                   "no table DomainsTraffic",
		createDomains + oneDomain:      "no table DomainsTraffic",
		"INSERT INTO domains VALUES (": "does not tell the columns of domains",
		"INSERT INTO DomainsTraffic (dom_id, http_in) VALUES (1,2);": "has no column date",
		createTraffic + "KEY (`date`));" + oneRow:                    "no table domains",
		whole[:len(whole)-1]:                                         "cut off",
		whole[:len(whole)-6]:                                         "cut off",
		whole[:len(whole)-12]:                                        "cut off",
		whole[:len(whole)-1] + " x":                                  "line 6: not what mysqldump writes: 'x'",
		strings.Replace(whole, "(1,'2026", "(1 2,'2026", 1):          "not what mysqldump writes: '2'",
		strings.Replace(whole, "(1,'2026", "(f(1),'2026", 1):         "not what mysqldump writes: '('",
	} {
		if _, err := readAll(openDump(t, text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got the error %v, want %q", text, err, want)
		}
	}
}

func TestOneRowForADay(t *testing.T) {
	for key, want := range map[string]bool{
		"PRIMARY KEY (`dom_id`,`date`)": true, "UNIQUE KEY `x` (`date`,`dom_id`)": true, "CONSTRAINT `x` UNIQUE (`dom_id`,`date`)": false, // which mysqldump does not write
		"KEY `x` (`dom_id`,`date`)": false, "PRIMARY KEY (`dom_id`,`date`,`http_in`)": false, "`PRIMARY` int, `unique` int": false,
	} {
		d := openDump(t, createDomains+oneDomain+createTraffic+key+");"+strings.Replace(oneRow, "7,8", "7,8,9,9", 1))
		if _, err := d.Read(); err != nil || d.IsUnique() != want {
			t.Errorf("%s: got %v and the error %v, want %v", key, d.IsUnique(), err, want)
		}
	}
}

func TestDomainsAreReadBefore(t *testing.T) {
	text := createTraffic + "KEY (`date`));" + oneRow + createDomains + oneDomain
	if _, err := openDump(t, text).Read(); !errors.Is(err, trafficfile.ErrNoDomains) {
		t.Fatalf("got the error %v, want %v", err, trafficfile.ErrNoDomains)
	}
	domains, err := trafficfile.ReadDomains(strings.NewReader(text))
	if err != nil || len(domains) != 1 {
		t.Fatalf("got %v and the error %v", domains, err)
	}
	got, err := readAll(trafficfile.NewDump(strings.NewReader(text), domains))
	if len(got) != 1 || !strings.HasSuffix(got[0], wantRow) || !errors.Is(err, io.EOF) {
		t.Errorf("got %q and the error %v, want %q", got, err, wantRow)
	}
}

func TestDumpThatCannotBeRead(t *testing.T) {
	broken := errors.New("broken")
	source := io.MultiReader(strings.NewReader(createDomains+oneDomain+createTraffic+"KEY (`date`));"+oneRow[:50]), iotest.ErrReader(broken))
	if _, err := readAll(trafficfile.NewDump(source, nil)); !errors.Is(err, broken) {
		t.Errorf("got the error %v, want %v", err, broken)
	}
}

// FuzzDump: whatever a dump holds, reading it ends, however the bytes arrive, and
// gives nothing but traffic that a ledger could hold.
func FuzzDump(f *testing.F) {
	f.Add(createDomains + oneDomain + createTraffic + "PRIMARY KEY (`dom_id`,`date`));\n" + oneRow)
	f.Add("INSERT INTO domains (id,name) VALUES (1,\"a\"),(2,'it\\'s');INSERT INTO DomainsTraffic (date,dom_id,ftp_in) VALUES ('2026-01-01',1,5),(NULL,2,X'00');")
	f.Add("DELIMITER ;;\nfoo;;\nDELIMITER ;\nUSE `psa`;/*!40101 SET x='*/';-- x\n# y\nCREATE TABLE t (a int));")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := readAll(trafficfile.NewDump(strings.NewReader(text), nil))
		slowly, slowErr := readAll(trafficfile.NewDump(iotest.OneByteReader(strings.NewReader(text)), nil))
		if !slices.Equal(got, slowly) || err.Error() != slowErr.Error() {
			t.Errorf("got %q (%v), byte by byte %q (%v)", got, err, slowly, slowErr)
		}
		for d := trafficfile.NewDump(strings.NewReader(text), nil); ; {
			record, err := d.Read()
			if refused := new(trafficfile.LineError); errors.As(err, &refused) {
				continue
			}
			if err != nil {
				return
			}
			if _, err := ledger.ParseDate(record.Date.String()); err != nil || record.Name == "" || record.SiteID != 0 {
				t.Errorf("got the record %+v", record)
			}
			for _, counter := range record.List() {
				if *counter < 0 {
					t.Errorf("got the record %+v", record)
				}
			}
		}
	})
}
