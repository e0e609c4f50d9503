<?php
// A page that takes its time without using the processor: /slow.php?seconds=10, at most 30.

declare(strict_types=1);

$seconds = max(0, min(30, (int) ($_GET['seconds'] ?? 1)));
sleep($seconds);
echo "$seconds seconds\n";
