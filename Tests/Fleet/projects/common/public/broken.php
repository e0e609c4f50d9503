<?php
// A page that always fails, for bursts of errors.

declare(strict_types=1);

http_response_code(500);
echo "broken on purpose\n";
