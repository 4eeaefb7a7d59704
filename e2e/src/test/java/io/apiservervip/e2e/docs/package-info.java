/** The documents: their manifests are valid, their links lead somewhere, their commands run. */
@NullMarked
package io.apiservervip.e2e.docs;

import org.jspecify.annotations.NullMarked;
