<?php

declare(strict_types=1);

// A project of its own leaves this to Composer.
spl_autoload_register(function (string $class): void {
    $name = substr($class, strlen('Example\\'));
    foreach (['src', 'tests'] as $folder) {
        $file = dirname(__DIR__) . "/$folder/$name.php";
        if (str_starts_with($class, 'Example\\') && is_file($file)) {
            require $file;
        }
    }
});
