/** An application that knows nothing of FaaSKeeper. */
package smoke;
