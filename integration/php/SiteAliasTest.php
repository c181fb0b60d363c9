<?php

require __DIR__ . '/testing.php';

[$site, $domain] = addWebspace();

function addAlias(int $site, string $name, string $before = ''): int
{
    $added = Client::admin()->call("<site-alias><create>$before<site-id>$site</site-id><name>$name</name></create></site-alias>");
    holds((int) $added->id > 0, 'an id above 0');
    return (int) $added->id;
}

test('an alias is made, given back and deleted', function () use ($site, $domain) {
    $id = addAlias($site, "alias.$domain");
    $info = Client::admin()->call('<site-alias><get>' . byId($id) . '</get></site-alias>')->info;
    equals("alias.$domain", (string) $info->name);
    equals("alias.$domain", (string) $info->{'ascii-name'});
    equals('0', (string) $info->status);
    equals('ok', (string) Client::admin()->call('<site-alias><delete>' . byId($id) . '</delete></site-alias>')->status);
});

test('preferences may be given with it', function () use ($site, $domain) {
    $pref = '<pref><web>1</web><mail>0</mail><seo-redirect>1</seo-redirect></pref>';
    $id = addAlias($site, "pref.$domain", $pref);
    $info = Client::admin()->call('<site-alias><get>' . byId($id) . '</get></site-alias>')->info;
    equals('true', (string) $info->pref->web);
    equals('false', (string) $info->pref->mail);
    Client::admin()->call('<site-alias><delete>' . byId($id) . '</delete></site-alias>');
});

test('those of a site are listed in the order of their creation', function () use ($site, $domain) {
    addAlias($site, "alias.$domain");
    addAlias($site, "alias2.$domain");
    $found = Client::admin()->items("<site-alias><get><filter><site-id>$site</site-id></filter></get></site-alias>", 'info');
    equals(["alias.$domain", "alias2.$domain"], array_map(fn ($item) => (string) $item->info->name, $found));
});

test('a name is taken once', function () use ($site, $domain) {
    refused(1007, fn () => addAlias($site, "alias.$domain"));
    refused(1007, fn () => Client::admin()->call("<webspace><add><gen_setup><name>alias.$domain</name></gen_setup></add></webspace>"));
});
