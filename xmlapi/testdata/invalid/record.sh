#!/bin/sh
# Records what libxml2 says about every packet in this folder: NAME.txt gets,
# for NAME.xml, the text that has to follow "Parser error: Request is invalid. "
# in the answer, which is the line and the message of the first validity error.
# There is no newline at its end.
#
# Needs xmllint; the recorded texts are those of libxml2 2.9.14. Fails, naming
# the file, if a packet is valid or not well-formed.
set -eu
cd "$(dirname "$0")"
schema=../../schemas/packet_request.xsd
command -v xmllint >/dev/null || { echo "xmllint is not installed" >&2; exit 1; }

failed=0
for xml in *.xml; do
	txt=${xml%.xml}.txt
	{ xmllint --nonet --noout --schema "$schema" "$xml" 2>&1 || :; } |
		LC_ALL=C awk -v file="$xml" '
		# A bad value is quoted as it is, line breaks included, so a message
		# goes on until the next line that starts with the name of the file.
		index($0, file ":") == 1 || index($0, file " ") == 1 {
			if (found) exit
			if (match($0, /: Schemas validity error : /)) {
				message = substr($0, RSTART + RLENGTH)
				rest = substr($0, length(file) + 2)
				printf "Error in line %s: %s", substr(rest, 1, index(rest, ":") - 1), message
				found = 1
			}
			next
		}
		found { printf "\n%s", $0 }
		' >"$txt"
	if [ ! -s "$txt" ]; then
		rm -f "$txt"
		echo "$xml: no validity error" >&2
		failed=1
	fi
done
for txt in *.txt; do
	[ -e "${txt%.txt}.xml" ] || rm -f "$txt"
done
exit $failed
