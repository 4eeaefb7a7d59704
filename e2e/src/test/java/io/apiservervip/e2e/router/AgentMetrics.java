package io.apiservervip.e2e.router;
