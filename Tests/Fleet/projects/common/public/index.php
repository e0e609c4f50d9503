<?php
// One page of a shop or a newspaper: an item from the database, kept in Redis as an object cache.
// Low numbers are asked for often and high ones seldom, so there are hits, misses and evictions.

declare(strict_types=1);

$number = 1 + (int) (1999 * (mt_rand() / mt_getrandmax()) ** 4);
$key = "page:$number";

$redis = new Redis();
$redis->connect('redis', 6379, 1.0);
if (getenv('REDIS_PASSWORD_FILE') !== false) {
    $redis->auth(trim(file_get_contents(getenv('REDIS_PASSWORD_FILE'))));
}
$page = $redis->get($key);

if ($page === false) {
    $title = "Item number $number";
    if (getenv('DATABASE') !== false) {
        mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
        $database = mysqli_connect(getenv('DATABASE'), 'site', 'only-on-the-test-fleet', 'site');
        $title = $database->query("SELECT title FROM item WHERE id = $number")->fetch_row()[0];
        $database->query("UPDATE item SET views = views + 1 WHERE id = $number");
    }
    // Some real work and a page heavy enough that 32 MB of cache fill up within minutes.
    $body = '';
    for ($line = 0; $line < 1000; $line++) {
        $body .= hash('sha256', "$number $line") . "\n";
    }
    $page = "<h1>$title</h1>\n<pre>$body</pre>\n";
    $redis->set($key, $page);
}

echo $page;
