/*
 * sax FILE reads a packet by libxml2's SAX parser, from memory, and takes
 * nothing from it but the number of its set_traffic nodes and the bytes of
 * their text: what a program that is built on it needs at least. It checks the
 * packet against no schema.
 *
 * It prints the seconds, the number of nodes, and the version of libxml2.
 */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct seen {
	long nodes, text;
};

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
		  const xmlChar **namespace, int attributes, int defaulted, const xmlChar **attribute)
{
	(void)prefix, (void)uri, (void)namespaces, (void)namespace, (void)attributes, (void)defaulted, (void)attribute;
	struct seen *seen = context;
	seen->nodes += strcmp((const char *)name, "set_traffic") == 0;
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)context, (void)name, (void)prefix, (void)uri;
}

static void characters(void *context, const xmlChar *text, int length)
{
	(void)text;
	struct seen *seen = context;
	seen->text += length;
}

static char *read_all(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END) != 0)
		return NULL;
	*size = ftell(file);
	rewind(file);
	char *text = malloc(*size);
	if (!text || fread(text, 1, *size, file) != *size)
		return NULL;
	fclose(file);
	return text;
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	size_t size;
	char *text = argc == 2 ? read_all(argv[1], &size) : NULL;
	if (!text) {
		fprintf(stderr, "usage: sax FILE\n");
		return 2;
	}
	xmlSAXHandler handler = {
		.initialized = XML_SAX2_MAGIC, .startElementNs = start, .endElementNs = end, .characters = characters,
	};
	struct seen seen = {0, 0};
	xmlInitParser();
	double began = now();
	if (xmlSAXUserParseMemory(&handler, &seen, text, size) != 0) {
		fprintf(stderr, "sax: the packet cannot be parsed\n");
		return 1;
	}
	printf("%.6f %ld %s\n", now() - began, seen.nodes, LIBXML_DOTTED_VERSION);
	return 0;
}
